"""Without the factor 4.

question: style_loss
fails: test_formula
"""


def style_loss(style, combination):
    height, width, channels = style.shape
    return ops.sum(ops.square(gram_matrix(style) - gram_matrix(combination))) / (channels**2 * (height * width) ** 2)
