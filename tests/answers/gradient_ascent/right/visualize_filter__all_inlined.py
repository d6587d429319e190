"""Everything written out: loss, gradient and steps, on a variable.

question: visualize_filter
"""


def visualize_filter(extractor, filter_index, image_shape, steps, learning_rate, seed):
    start = np.random.RandomState(seed).uniform(0.4, 0.6, (1, *image_shape))
    x = tf.Variable(start, dtype=tf.float32)
    for _ in range(steps):
        with tf.GradientTape() as tape:
            height = tf.reduce_mean(extractor(x)[:, 2:-2, 2:-2, filter_index])
        slope = tape.gradient(height, x)
        x.assign_add(learning_rate * slope / (tf.norm(slope) + 1e-9))
    return x.numpy()[0]
