"""The style is not compared with anything.

question: style_loss
fails: test_formula, test_equal_styles, test_gradient
"""


def style_loss(style, combination):
    height, width, channels = style.shape
    return ops.sum(ops.square(gram_matrix(combination))) / (4 * channels**2 * (height * width) ** 2)
