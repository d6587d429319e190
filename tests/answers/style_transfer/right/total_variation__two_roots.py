"""The square times its fourth root.

question: total_variation
"""


def total_variation_loss(images):
    corner = images[:, :-1, :-1]
    below = images[:, 1:, :-1] - corner
    right = images[:, :-1, 1:] - corner
    return ops.sum((squares := ops.square(below) + ops.square(right)) * ops.sqrt(ops.sqrt(squares)))
