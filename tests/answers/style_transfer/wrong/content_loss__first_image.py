"""The first row, as if it were an image of a batch.

question: content_loss
fails: test_sum_of_squares
"""


def content_loss(base, combination):
    return ops.sum(ops.square(combination[0] - base[0]))
