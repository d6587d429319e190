"""The power by way of a logarithm.

question: total_variation
fails: test_gradient
"""


def total_variation_loss(images):
    corner = images[:, :-1, :-1]
    below = images[:, 1:, :-1] - corner
    right = images[:, :-1, 1:] - corner
    return ops.sum(ops.exp(1.25 * ops.log(ops.square(below) + ops.square(right))))
