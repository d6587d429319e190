"""Probabilities instead of scores.

question: discriminator_loss
fails: test_formula, test_far_scores
"""


def discriminator_loss(real_scores, fake_scores):
    return ops.mean(ops.sigmoid(fake_scores)) - ops.mean(ops.sigmoid(real_scores))
