"""Squares the power of one half, which has no gradient at zero.

question: content_loss
fails: test_gradient
"""


def content_loss(base, combination):
    return (ops.sum(ops.square(combination - base)) ** 0.5) ** 2
