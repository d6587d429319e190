"""Magnitudes instead of squares.

question: style_loss
fails: test_formula
"""


def style_loss(style, combination):
    height, width, channels = style.shape
    return ops.sum(ops.abs(gram_matrix(style) - gram_matrix(combination))) / (4 * channels**2 * (height * width) ** 2)
