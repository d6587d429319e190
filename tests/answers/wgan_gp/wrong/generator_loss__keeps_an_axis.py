"""The mean over the last axis alone.

question: generator_loss
fails: test_single_number
"""


def generator_loss(fake_scores):
    return -ops.mean(fake_scores, axis=-1)
