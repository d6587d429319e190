"""Flattened into rows of channels without moving the channels first.

question: gram_matrix
fails: test_sums_of_products, test_order_of_positions
"""


def gram_matrix(features):
    rows = ops.reshape(features, (features.shape[-1], -1))
    return ops.matmul(rows, ops.transpose(rows))
