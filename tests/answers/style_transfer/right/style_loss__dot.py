"""The product of the flattened difference with itself.

question: style_loss
"""


def style_loss(style, combination):
    size = 1.0
    for n in ops.shape(combination):
        size *= n
    flat = ops.reshape(gram_matrix(combination) - gram_matrix(style), (-1,))
    return ops.dot(flat, flat) / size / size / 4.0
