"""The mean over the channels.

question: total_variation
fails: test_formula, test_batch_and_channels
"""


def total_variation_loss(images):
    corner = images[:, :-1, :-1]
    below = images[:, 1:, :-1] - corner
    right = images[:, :-1, 1:] - corner
    return ops.sum(ops.mean((ops.square(below) + ops.square(right)) ** 1.25, axis=-1))
