"""Every step starts from the noise.

question: visualize_filter
fails: test_repeats_the_step
"""


def visualize_filter(extractor, filter_index, image_shape, steps, learning_rate, seed):
    image = keras.random.uniform((1, *image_shape), 0.4, 0.6, seed=seed)
    start = image
    for _ in range(steps):
        image = gradient_ascent_step(extractor, start, filter_index, learning_rate)
    return image[0]
