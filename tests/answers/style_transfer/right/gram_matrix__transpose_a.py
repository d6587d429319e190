"""A matmul that transposes its first argument.

question: gram_matrix
"""


def gram_matrix(features):
    positions = tf.reshape(features, [-1, features.shape[-1]])
    return tf.linalg.matmul(positions, positions, transpose_a=True)
