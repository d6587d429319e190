"""Divided by the number of elements.

question: gram_matrix
fails: test_sums_of_products, test_not_divided
"""


def gram_matrix(features):
    matrix = tf.einsum("ijc,ijd->cd", features, features)
    return matrix / (features.shape[0] * features.shape[1] * features.shape[2])
