"""Sums instead of means.

question: discriminator_loss
fails: test_formula, test_gradients
"""


def discriminator_loss(real_scores, fake_scores):
    return ops.sum(fake_scores) - ops.sum(real_scores)
