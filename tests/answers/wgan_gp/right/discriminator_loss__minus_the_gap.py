"""Minus the gap, in two steps.

question: discriminator_loss
"""


def discriminator_loss(real_scores, fake_scores):
    gap = ops.mean(real_scores) - ops.mean(fake_scores)
    return -gap
