"""Scores times labels of -1.

question: generator_loss
"""


def generator_loss(fake_scores):
    return ops.mean(fake_scores * -ops.ones_like(fake_scores))
