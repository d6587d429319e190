"""Products of positions, summed over channels.

question: gram_matrix
fails: test_sums_of_products, test_shape
"""


def gram_matrix(features):
    rows = ops.reshape(features, (-1, features.shape[-1]))
    return ops.matmul(rows, ops.transpose(rows))
