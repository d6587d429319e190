"""The Gram matrix of the difference of the maps.

question: style_loss
fails: test_formula
"""


def style_loss(style, combination):
    height, width, channels = style.shape
    return ops.sum(ops.square(gram_matrix(style - combination))) / (4 * channels**2 * (height * width) ** 2)
