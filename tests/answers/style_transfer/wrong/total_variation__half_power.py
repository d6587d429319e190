"""The power of one half first, which has no gradient at zero.

question: total_variation
fails: test_gradient
"""


def total_variation_loss(images):
    corner = images[:, :-1, :-1]
    below = images[:, 1:, :-1] - corner
    right = images[:, :-1, 1:] - corner
    return ops.sum(((ops.square(below) + ops.square(right)) ** 0.5) ** 2.5)
