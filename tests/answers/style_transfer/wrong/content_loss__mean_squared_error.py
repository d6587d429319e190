"""The mean over channels, summed over positions.

question: content_loss
fails: test_sum_of_squares
"""


def content_loss(base, combination):
    return ops.sum(ops.mean(ops.square(combination - base), axis=-1))
