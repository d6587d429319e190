"""The product of sums instead of the sum of products.

question: gram_matrix
fails: test_sums_of_products
"""


def gram_matrix(features):
    sums = ops.sum(features, axis=(0, 1))
    return ops.outer(sums, sums)
