"""Divided by the number of channels.

question: gram_matrix
fails: test_sums_of_products
"""


def gram_matrix(features):
    return ops.tensordot(features, features, axes=[[0, 1], [0, 1]]) / features.shape[-1]
