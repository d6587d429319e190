"""Takes the width for the height.

question: gram_matrix
fails: test_sums_of_products
"""


def gram_matrix(features):
    rows = ops.reshape(features, (features.shape[1] * features.shape[1], features.shape[2]))
    return ops.matmul(ops.transpose(rows), rows)
