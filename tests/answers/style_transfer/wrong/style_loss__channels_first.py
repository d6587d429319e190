"""The shape read as channels, height, width.

question: style_loss
fails: test_formula, test_sizes_of_the_map
"""


def style_loss(style, combination):
    channels, height, width = style.shape
    return ops.sum(ops.square(gram_matrix(style) - gram_matrix(combination))) / (4 * channels**2 * (height * width) ** 2)
