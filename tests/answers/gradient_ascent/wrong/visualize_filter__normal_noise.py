"""Normal noise with the same mean and spread.

question: visualize_filter
fails: test_begins_with_grey_noise
"""


def visualize_filter(extractor, filter_index, image_shape, steps, learning_rate, seed):
    image = keras.random.normal((1, *image_shape), 0.5, 0.2 / 12**0.5, seed=seed)
    for _ in range(steps):
        image = gradient_ascent_step(extractor, image, filter_index, learning_rate)
    return image[0]
