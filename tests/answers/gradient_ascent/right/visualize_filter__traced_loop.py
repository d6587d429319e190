"""A traced loop over tensors.

question: visualize_filter
"""


@tf.function
def climb(extractor, image, filter_index, steps, learning_rate):
    for _ in tf.range(steps):
        image = gradient_ascent_step(extractor, image, filter_index, learning_rate)
    return image


def visualize_filter(extractor, filter_index, image_shape, steps, learning_rate, seed):
    noise = keras.random.uniform((1, *image_shape), 0.4, 0.6, seed=seed)
    return climb(extractor, noise, tf.constant(filter_index), tf.constant(steps), tf.constant(learning_rate))[0]
