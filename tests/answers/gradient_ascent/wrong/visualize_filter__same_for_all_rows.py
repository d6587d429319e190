"""One row of noise, repeated.

question: visualize_filter
fails: test_each_pixel_its_own
"""


def visualize_filter(extractor, filter_index, image_shape, steps, learning_rate, seed):
    height, width, channels = image_shape
    image = keras.random.uniform((1, 1, width, channels), 0.4, 0.6, seed=seed)
    image = ops.repeat(image, height, axis=1)
    for _ in range(steps):
        image = gradient_ascent_step(extractor, image, filter_index, learning_rate)
    return image[0]
