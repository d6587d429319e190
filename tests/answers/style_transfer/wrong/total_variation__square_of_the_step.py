"""Squares the sum of both steps.

question: total_variation
fails: test_formula, test_both_directions
"""


def total_variation_loss(images):
    corner = images[:, :-1, :-1]
    below = images[:, 1:, :-1] - corner
    right = images[:, :-1, 1:] - corner
    return ops.sum(ops.square(below + right) ** 1.25)
