"""The mean over positions, summed over channels.

question: content_loss
fails: test_sum_of_squares, test_not_a_mean
"""


def content_loss(base, combination):
    return ops.sum(ops.mean(ops.square(combination - base), axis=(0, 1)))
