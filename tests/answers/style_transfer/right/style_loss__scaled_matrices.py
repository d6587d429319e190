"""Both matrices are scaled before they are compared.

question: style_loss
"""


def style_loss(style, combination):
    scale = 2.0 * style.shape[-1] * style.shape[0] * style.shape[1]
    return ops.sum((gram_matrix(combination) / scale - gram_matrix(style) / scale) ** 2)
