"""Sizes are cast to float first.

question: style_loss
"""


def style_loss(style, combination):
    sizes = tf.cast(tf.shape(combination), tf.float32)
    difference = tf.math.squared_difference(gram_matrix(style), gram_matrix(combination))
    return tf.math.reduce_sum(difference) / (4.0 * tf.square(sizes[2]) * tf.square(sizes[0] * sizes[1]))
