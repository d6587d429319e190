"""The sum instead of the mean.

question: generator_loss
fails: test_formula, test_gradient
"""


def generator_loss(fake_scores):
    return -ops.sum(fake_scores)
