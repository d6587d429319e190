"""Squares the power of one half, which has no gradient at zero.

question: style_loss
fails: test_equal_styles
"""


def style_loss(style, combination):
    distance = ops.sum(ops.square(gram_matrix(style) - gram_matrix(combination))) ** 0.5
    return ops.square(distance / (2 * float(np.prod(style.shape))))
