"""The first image only.

question: total_variation
fails: test_batch_and_channels
"""


def total_variation_loss(images):
    corner = images[:, :-1, :-1]
    below = images[:, 1:, :-1] - corner
    right = images[:, :-1, 1:] - corner
    return ops.sum(((ops.square(below) + ops.square(right)) ** 1.25)[0])
