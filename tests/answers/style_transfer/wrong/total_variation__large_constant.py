"""A constant under the power that shows.

question: total_variation
fails: test_scalar
"""


def total_variation_loss(images):
    corner = images[:, :-1, :-1]
    below = images[:, 1:, :-1] - corner
    right = images[:, :-1, 1:] - corner
    return ops.sum((ops.square(below) + ops.square(right) + 1e-3) ** 1.25)
