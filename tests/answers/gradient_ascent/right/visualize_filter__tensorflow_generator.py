"""A TensorFlow generator; the steps by recursion.

question: visualize_filter
"""


def visualize_filter(extractor, filter_index, image_shape, steps, learning_rate, seed):
    def climb(image, left):
        return climb(gradient_ascent_step(extractor, image, filter_index, learning_rate), left - 1) if left else image

    noise = tf.random.Generator.from_seed(seed).uniform((1, *image_shape), minval=0.4, maxval=0.6)
    return tf.squeeze(climb(noise, steps), axis=0)
