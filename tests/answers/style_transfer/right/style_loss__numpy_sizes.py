"""Sizes by NumPy, the rest by tensors.

question: style_loss
"""


def style_loss(style, combination):
    size = np.prod([float(n) for n in style.shape])
    flat = ops.reshape(gram_matrix(style) - gram_matrix(combination), (-1,))
    return ops.sum(flat * flat) / float(4 * size**2)
