"""Compared with nothing.

question: content_loss
fails: test_sum_of_squares, test_gradient
"""


def content_loss(base, combination):
    return ops.sum(ops.square(combination))
