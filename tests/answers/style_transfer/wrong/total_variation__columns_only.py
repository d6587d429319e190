"""Differences along the columns only.

question: total_variation
fails: test_formula, test_both_directions
"""


def total_variation_loss(images):
    return ops.sum(ops.square(images[:, :-1, 1:] - images[:, :-1, :-1]) ** 1.25)
