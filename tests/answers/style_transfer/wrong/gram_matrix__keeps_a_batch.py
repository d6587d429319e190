"""A batch axis of one stays in front.

question: gram_matrix
fails: test_sums_of_products, test_shape
"""


def gram_matrix(features):
    rows = ops.reshape(features, (1, -1, features.shape[-1]))
    return ops.matmul(ops.transpose(rows, (0, 2, 1)), rows)
