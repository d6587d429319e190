"""The mean of the squared differences.

question: style_loss
fails: test_formula
"""


def style_loss(style, combination):
    return ops.mean(ops.square(gram_matrix(style) - gram_matrix(combination)))
