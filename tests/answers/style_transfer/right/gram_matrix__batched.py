"""One product of matrices for each row, then the sum over rows.

question: gram_matrix
"""


def gram_matrix(features):
    turned = ops.transpose(features, (0, 2, 1))
    return ops.sum(ops.matmul(turned, features), axis=0)
