"""The mean over the entries of the matrix, which divides by the number of channels squared.

question: style_loss
"""


def style_loss(style, combination):
    positions = style.shape[0] * style.shape[1]
    return 0.25 * ops.mean(ops.square((gram_matrix(style) - gram_matrix(combination)) / positions))
