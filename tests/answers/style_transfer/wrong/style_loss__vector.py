"""A sum over one axis only.

question: style_loss
fails: test_formula, test_scalar
"""


def style_loss(style, combination):
    height, width, channels = style.shape
    return ops.sum(ops.square(gram_matrix(style) - gram_matrix(combination)), axis=-1) / (4 * channels**2 * (height * width) ** 2)
