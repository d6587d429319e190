"""Adds up the channels before squaring.

question: content_loss
fails: test_sum_of_squares
"""


def content_loss(base, combination):
    return ops.sum(ops.square(ops.sum(combination - base, axis=-1)))
