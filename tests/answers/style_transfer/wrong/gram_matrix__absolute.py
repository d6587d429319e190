"""Magnitudes instead of values.

question: gram_matrix
fails: test_sums_of_products
"""


def gram_matrix(features):
    strength = ops.abs(features)
    return ops.tensordot(strength, strength, axes=[[0, 1], [0, 1]])
