"""Compares the features themselves.

question: style_loss
fails: test_formula, test_equal_styles
"""


def style_loss(style, combination):
    height, width, channels = style.shape
    return ops.sum(ops.square(style - combination)) / (4 * channels**2 * (height * width) ** 2)
