"""The outer product of every position, summed.

question: gram_matrix
"""


def gram_matrix(features):
    features = tf.convert_to_tensor(features)
    products = features[:, :, :, None] * features[:, :, None, :]
    return tf.reduce_sum(products, axis=[0, 1])
