"""Minus the size of the mean, so that very low scores are as good as very high ones.

question: generator_loss
fails: test_better_is_lower
"""


def generator_loss(fake_scores):
    return -ops.abs(ops.mean(fake_scores))
