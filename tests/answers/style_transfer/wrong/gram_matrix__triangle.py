"""The upper triangle only.

question: gram_matrix
fails: test_sums_of_products, test_order_of_positions
"""


def gram_matrix(features):
    return ops.triu(ops.tensordot(features, features, axes=[[0, 1], [0, 1]]))
