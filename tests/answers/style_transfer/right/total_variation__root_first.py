"""The length of the step, to the power of 2.5.

question: total_variation
"""


def total_variation_loss(images):
    corner = images[:, :-1, :-1]
    below = images[:, 1:, :-1] - corner
    right = images[:, :-1, 1:] - corner
    return ops.sum(ops.sqrt(ops.square(below) + ops.square(right)) ** 2.5)
