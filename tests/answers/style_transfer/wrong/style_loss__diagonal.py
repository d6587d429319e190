"""Compares the diagonals only.

question: style_loss
fails: test_formula
"""


def style_loss(style, combination):
    height, width, channels = style.shape
    return ops.sum(ops.square(ops.diagonal(gram_matrix(style) - gram_matrix(combination)))) / (4 * channels**2 * (height * width) ** 2)
