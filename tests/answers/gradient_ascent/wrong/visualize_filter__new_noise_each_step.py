"""Adds fresh noise after every step.

question: visualize_filter
fails: test_repeats_the_step
"""


def visualize_filter(extractor, filter_index, image_shape, steps, learning_rate, seed):
    image = keras.random.uniform((1, *image_shape), 0.4, 0.6, seed=seed)
    for _ in range(steps):
        image = gradient_ascent_step(extractor, image, filter_index, learning_rate)
        image = image + keras.random.normal(image.shape, stddev=0.05)
    return image[0]
