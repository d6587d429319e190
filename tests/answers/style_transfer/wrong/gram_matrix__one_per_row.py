"""One matrix for each row of the map.

question: gram_matrix
fails: test_sums_of_products, test_shape
"""


def gram_matrix(features):
    return ops.matmul(ops.transpose(features, (0, 2, 1)), features)
