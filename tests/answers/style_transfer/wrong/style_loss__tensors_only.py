"""Asks for the numbers of a tensor, which arrays and graphs do not have.

question: style_loss
fails: test_arrays_and_graphs
"""


def style_loss(style, combination):
    height, width, channels = style.numpy().shape
    return ops.sum(ops.square(gram_matrix(style) - gram_matrix(combination))) / (4 * channels**2 * (height * width) ** 2)
