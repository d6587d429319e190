"""The root of the sum.

question: style_loss
fails: test_formula, test_equal_styles
"""


def style_loss(style, combination):
    height, width, channels = style.shape
    return ops.sqrt(ops.sum(ops.square(gram_matrix(style) - gram_matrix(combination)))) / (2 * channels * height * width)
