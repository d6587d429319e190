"""Noise from 0.5 to 0.6.

question: visualize_filter
fails: test_begins_with_grey_noise
"""


def visualize_filter(extractor, filter_index, image_shape, steps, learning_rate, seed):
    image = 0.5 + 0.1 * keras.random.uniform((1, *image_shape), seed=seed)
    for _ in range(steps):
        image = gradient_ascent_step(extractor, image, filter_index, learning_rate)
    return image[0]
