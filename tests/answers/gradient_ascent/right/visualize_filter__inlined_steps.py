"""Writes the steps out with compute_loss, and does not use gradient_ascent_step.

question: visualize_filter
"""


def visualize_filter(extractor, filter_index, image_shape, steps, learning_rate, seed):
    generator = keras.random.SeedGenerator(seed)
    x = keras.random.uniform((1,) + tuple(image_shape), 0.4, 0.6, seed=generator)
    for _ in range(steps):
        with tf.GradientTape() as tape:
            tape.watch(x)
            height = compute_loss(extractor, x, filter_index)
        x = x + learning_rate * tf.math.l2_normalize(tape.gradient(height, x))
    return tf.reshape(x, image_shape)
