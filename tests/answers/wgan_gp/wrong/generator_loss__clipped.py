"""Scores limited to -10 and 10.

question: generator_loss
fails: test_far_scores
"""


def generator_loss(fake_scores):
    return -ops.mean(ops.clip(fake_scores, -10, 10))
