"""Each channel is normalised to length 1.

question: gram_matrix
fails: test_sums_of_products, test_not_divided
"""


def gram_matrix(features):
    rows = ops.reshape(features, (-1, features.shape[-1]))
    rows = rows / ops.sqrt(ops.sum(ops.square(rows), axis=0))
    return ops.matmul(ops.transpose(rows), rows)
