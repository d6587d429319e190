"""Squashed scores.

question: generator_loss
fails: test_formula, test_far_scores
"""


def generator_loss(fake_scores):
    return -ops.mean(ops.tanh(fake_scores))
