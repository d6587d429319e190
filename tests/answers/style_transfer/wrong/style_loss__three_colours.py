"""Three channels, as in the image, whatever the map has.

question: style_loss
fails: test_formula, test_sizes_of_the_map
"""


def style_loss(style, combination):
    height, width, channels = style.shape
    return ops.sum(ops.square(gram_matrix(style) - gram_matrix(combination))) / (4 * 3**2 * (height * width) ** 2)
