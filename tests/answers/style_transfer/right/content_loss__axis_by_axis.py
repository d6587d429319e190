"""Added up axis by axis.

question: content_loss
"""


def content_loss(base, combination):
    squares = tf.math.squared_difference(base, combination)
    return tf.reduce_sum(tf.reduce_sum(tf.reduce_sum(squares, axis=-1), axis=-1), axis=-1)
