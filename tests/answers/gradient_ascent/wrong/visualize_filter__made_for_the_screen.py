"""Returns bytes for the screen.

question: visualize_filter
fails: test_repeats_the_step, test_begins_with_grey_noise
"""


def visualize_filter(extractor, filter_index, image_shape, steps, learning_rate, seed):
    image = keras.random.uniform((1, *image_shape), 0.4, 0.6, seed=seed)
    for _ in range(steps):
        image = gradient_ascent_step(extractor, image, filter_index, learning_rate)
    image = np.asarray(image[0])
    image = 0.5 + 0.15 * (image - image.mean()) / (image.std() + 1e-5)
    return (255 * np.clip(image, 0, 1)).astype("uint8")
