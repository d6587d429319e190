"""No exponent.

question: total_variation
fails: test_formula
"""


def total_variation_loss(images):
    corner = images[:, :-1, :-1]
    below = images[:, 1:, :-1] - corner
    right = images[:, :-1, 1:] - corner
    return ops.sum(ops.square(below) + ops.square(right))
