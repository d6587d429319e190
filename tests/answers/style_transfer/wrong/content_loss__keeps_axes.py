"""One number, in three axes.

question: content_loss
fails: test_sum_of_squares, test_scalar
"""


def content_loss(base, combination):
    return ops.sum(ops.square(combination - base), keepdims=True)
