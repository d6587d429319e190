"""The root of the sum.

question: content_loss
fails: test_sum_of_squares, test_not_a_mean
"""


def content_loss(base, combination):
    return ops.sqrt(ops.sum(ops.square(combination - base)))
