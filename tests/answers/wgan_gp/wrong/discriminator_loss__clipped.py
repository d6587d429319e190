"""Scores limited to -10 and 10.

question: discriminator_loss
fails: test_far_scores
"""


def discriminator_loss(real_scores, fake_scores):
    return ops.mean(ops.clip(fake_scores, -10, 10)) - ops.mean(ops.clip(real_scores, -10, 10))
