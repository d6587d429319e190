"""The style is compared with itself.

question: style_loss
fails: test_formula, test_gradient
"""


def style_loss(style, combination):
    height, width, channels = style.shape
    return ops.sum(ops.square(gram_matrix(style) - gram_matrix(style))) / (4 * channels**2 * (height * width) ** 2)
