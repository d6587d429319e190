"""The neighbour below on the right for the one on the right.

question: total_variation
fails: test_formula, test_border
"""


def total_variation_loss(images):
    corner = images[:, :-1, :-1]
    below = images[:, 1:, :-1] - corner
    right = images[:, 1:, 1:] - corner
    return ops.sum((ops.square(below) + ops.square(right)) ** 1.25)
