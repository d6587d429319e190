"""Normal noise, clipped to the interval.

question: visualize_filter
fails: test_begins_with_grey_noise
"""


def visualize_filter(extractor, filter_index, image_shape, steps, learning_rate, seed):
    image = ops.clip(keras.random.normal((1, *image_shape), 0.5, 0.06, seed=seed), 0.4, 0.6)
    for _ in range(steps):
        image = gradient_ascent_step(extractor, image, filter_index, learning_rate)
    return image[0]
