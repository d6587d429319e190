"""A plus for the minus.

question: content_loss
fails: test_sum_of_squares, test_place_matters
"""


def content_loss(base, combination):
    return ops.sum(ops.square(combination + base))
