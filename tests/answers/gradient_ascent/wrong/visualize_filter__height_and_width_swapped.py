"""Height and width swapped.

question: visualize_filter
fails: test_shape
"""


def visualize_filter(extractor, filter_index, image_shape, steps, learning_rate, seed):
    width, height, channels = image_shape
    image = keras.random.uniform((1, height, width, channels), 0.4, 0.6, seed=seed)
    for _ in range(steps):
        image = gradient_ascent_step(extractor, image, filter_index, learning_rate)
    return image[0]
