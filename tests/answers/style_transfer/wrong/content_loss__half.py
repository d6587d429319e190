"""Half of it.

question: content_loss
fails: test_sum_of_squares, test_not_a_mean
"""


def content_loss(base, combination):
    return 0.5 * ops.sum(ops.square(combination - base))
