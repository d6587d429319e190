"""Takes seed 0 for no seed, and puts 42 in its place.

question: visualize_filter
fails: test_other_seeds
"""


def visualize_filter(extractor, filter_index, image_shape, steps, learning_rate, seed):
    image = keras.random.uniform((1, *image_shape), 0.4, 0.6, seed=seed or 42)
    for _ in range(steps):
        image = gradient_ascent_step(extractor, image, filter_index, learning_rate)
    return image[0]
