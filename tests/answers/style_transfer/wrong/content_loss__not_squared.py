"""Differences with their sign.

question: content_loss
fails: test_sum_of_squares, test_not_a_mean
"""


def content_loss(base, combination):
    return ops.sum(combination - base)
