"""Squared scores.

question: generator_loss
fails: test_formula
"""


def generator_loss(fake_scores):
    return -ops.mean(ops.square(fake_scores))
