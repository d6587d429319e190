"""The largest difference.

question: content_loss
fails: test_sum_of_squares
"""


def content_loss(base, combination):
    return ops.max(ops.square(combination - base))
