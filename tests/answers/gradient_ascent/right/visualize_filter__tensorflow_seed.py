"""TensorFlow's global seed.

question: visualize_filter
"""


def visualize_filter(extractor, filter_index, image_shape, steps, learning_rate, seed):
    tf.random.set_seed(seed)
    image = tf.random.uniform((1, *image_shape), 0.4, 0.6)
    for _ in range(steps):
        image = gradient_ascent_step(extractor, image, filter_index, learning_rate)
    return image[0]
