"""The divisor as a product of 32-bit integers.

question: style_loss
fails: test_large_map
"""


def style_loss(style, combination):
    shape = tf.shape(style)
    divisor = 4 * shape[2] ** 2 * (shape[0] * shape[1]) ** 2
    return tf.reduce_sum(tf.square(gram_matrix(style) - gram_matrix(combination))) / tf.cast(divisor, tf.float32)
