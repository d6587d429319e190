"""Both differences in one tensor with an axis more.

question: total_variation
"""


def total_variation_loss(images):
    corner = images[:, :-1, :-1]
    steps = ops.stack([images[:, 1:, :-1] - corner, images[:, :-1, 1:] - corner], axis=-1)
    return ops.sum(ops.sum(steps * steps, axis=-1) ** (5 / 4))
