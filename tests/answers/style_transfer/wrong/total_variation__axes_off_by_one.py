"""Batch and rows instead of rows and columns.

question: total_variation
fails: test_formula
"""


def total_variation_loss(images):
    corner = images[:-1, :-1]
    return ops.sum((ops.square(images[1:, :-1] - corner) + ops.square(images[:-1, 1:] - corner)) ** 1.25)
