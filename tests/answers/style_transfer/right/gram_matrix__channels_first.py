"""Channels moved to the front, then flattened.

question: gram_matrix
"""


def gram_matrix(features):
    x = tf.transpose(features, (2, 0, 1))
    x = tf.reshape(x, (tf.shape(x)[0], -1))
    return tf.matmul(x, tf.transpose(x))
