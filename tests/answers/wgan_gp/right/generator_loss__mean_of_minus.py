"""The mean of the negated scores.

question: generator_loss
"""


def generator_loss(fake_scores):
    return ops.mean(-fake_scores)
