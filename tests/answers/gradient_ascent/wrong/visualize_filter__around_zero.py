"""Noise around 0, as for images from -1 to 1.

question: visualize_filter
fails: test_begins_with_grey_noise
"""


def visualize_filter(extractor, filter_index, image_shape, steps, learning_rate, seed):
    image = keras.random.uniform((1, *image_shape), -0.1, 0.1, seed=seed)
    for _ in range(steps):
        image = gradient_ascent_step(extractor, image, filter_index, learning_rate)
    return image[0]
