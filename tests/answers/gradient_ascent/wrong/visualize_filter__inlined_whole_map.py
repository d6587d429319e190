"""Writes the steps out and forgets the border.

question: visualize_filter
fails: test_repeats_the_step
"""


def visualize_filter(extractor, filter_index, image_shape, steps, learning_rate, seed):
    image = keras.random.uniform((1, *image_shape), 0.4, 0.6, seed=seed)
    for _ in range(steps):
        with tf.GradientTape() as tape:
            tape.watch(image)
            height = ops.mean(extractor(image)[..., filter_index])
        image = image + learning_rate * tf.math.l2_normalize(tape.gradient(height, image))
    return image[0]
