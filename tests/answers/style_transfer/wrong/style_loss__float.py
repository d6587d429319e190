"""A Python number: no gradient, and not in a graph.

question: style_loss
fails: test_gradient, test_arrays_and_graphs
"""


def style_loss(style, combination):
    height, width, channels = style.shape
    return float(ops.sum(ops.square(gram_matrix(style) - gram_matrix(combination)))) / (4 * channels**2 * (height * width) ** 2)
