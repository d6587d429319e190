"""The square of the size, as an integer.

question: style_loss
fails: test_large_map
"""


def style_loss(style, combination):
    size = ops.size(style)
    difference = gram_matrix(style) - gram_matrix(combination)
    return ops.sum(ops.square(difference)) / ops.cast(4 * size * size, "float32")
