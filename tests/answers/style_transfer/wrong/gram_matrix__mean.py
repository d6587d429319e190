"""The mean over positions.

question: gram_matrix
fails: test_sums_of_products, test_not_divided
"""


def gram_matrix(features):
    rows = ops.reshape(features, (-1, features.shape[-1]))
    return ops.matmul(ops.transpose(rows), rows) / rows.shape[0]
