"""A factor of 2 instead of 4.

question: style_loss
fails: test_formula
"""


def style_loss(style, combination):
    height, width, channels = style.shape
    return ops.sum(ops.square(gram_matrix(style) - gram_matrix(combination))) / (2 * channels**2 * (height * width) ** 2)
