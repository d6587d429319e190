"""Stops the gradient of the pixel itself.

question: total_variation
fails: test_gradient
"""


def total_variation_loss(images):
    corner = ops.stop_gradient(images[:, :-1, :-1])
    below = images[:, 1:, :-1] - corner
    right = images[:, :-1, 1:] - corner
    return ops.sum((ops.square(below) + ops.square(right)) ** 1.25)
