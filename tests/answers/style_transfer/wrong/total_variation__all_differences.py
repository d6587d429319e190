"""All differences in each direction, also at the border.

question: total_variation
fails: test_formula, test_border
"""


def total_variation_loss(images):
    down = ops.sum(ops.square(images[:, 1:] - images[:, :-1]) ** 1.25)
    return down + ops.sum(ops.square(images[:, :, 1:] - images[:, :, :-1]) ** 1.25)
