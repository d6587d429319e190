"""No divisor.

question: style_loss
fails: test_formula
"""


def style_loss(style, combination):
    return ops.sum(ops.square(gram_matrix(style) - gram_matrix(combination)))
