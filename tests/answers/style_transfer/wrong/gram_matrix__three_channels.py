"""Flattened for three channels, whatever there are.

question: gram_matrix
fails: test_sums_of_products, test_shape
"""


def gram_matrix(features):
    rows = ops.reshape(features, (-1, 3))
    return ops.matmul(ops.transpose(rows), rows)
