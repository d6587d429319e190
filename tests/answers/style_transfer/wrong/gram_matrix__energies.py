"""A vector: the squares of each channel.

question: gram_matrix
fails: test_sums_of_products, test_shape
"""


def gram_matrix(features):
    return ops.sum(ops.square(features), axis=(0, 1))
