"""Takes the height for the width.

question: total_variation
fails: test_formula
"""


def total_variation_loss(images):
    size = images.shape[1]
    corner = images[:, : size - 1, : size - 1]
    below = images[:, 1:size, : size - 1] - corner
    right = images[:, : size - 1, 1:size] - corner
    return ops.sum((ops.square(below) + ops.square(right)) ** 1.25)
