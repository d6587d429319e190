"""A NumPy generator, float32; returns an array.

question: visualize_filter
"""


def visualize_filter(extractor, filter_index, image_shape, steps, learning_rate, seed):
    rng = np.random.default_rng(seed)
    current = tf.constant(rng.uniform(0.4, 0.6, size=image_shape).astype("float32")[np.newaxis])
    for _ in range(steps):
        current = gradient_ascent_step(extractor, current, filter_index, learning_rate)
    return np.squeeze(np.asarray(current), axis=0)
