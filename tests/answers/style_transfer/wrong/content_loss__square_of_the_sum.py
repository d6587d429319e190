"""Adds up first and squares then.

question: content_loss
fails: test_sum_of_squares, test_place_matters
"""


def content_loss(base, combination):
    return ops.square(ops.sum(combination - base))
