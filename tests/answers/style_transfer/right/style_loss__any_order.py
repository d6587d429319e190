"""The three sizes in another order: their product is the same.

question: style_loss
"""


def style_loss(style, combination):
    channels, height, width = style.shape
    return ops.sum(ops.square(gram_matrix(style) - gram_matrix(combination))) / (4 * channels**2 * (height * width) ** 2)
