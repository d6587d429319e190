"""Each difference by itself to the power of 2.5.

question: total_variation
fails: test_formula
"""


def total_variation_loss(images):
    corner = images[:, :-1, :-1]
    below = images[:, 1:, :-1] - corner
    right = images[:, :-1, 1:] - corner
    return ops.sum(ops.square(below) ** 1.25 + ops.square(right) ** 1.25)
