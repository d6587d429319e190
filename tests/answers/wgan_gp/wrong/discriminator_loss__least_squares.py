"""Squared distances from the labels 1 and 0.

question: discriminator_loss
fails: test_formula, test_far_scores
"""


def discriminator_loss(real_scores, fake_scores):
    return ops.mean(ops.square(real_scores - 1)) + ops.mean(ops.square(fake_scores))
