"""Scores times labels -1 and 1, as the first WGAN codes had it.

question: discriminator_loss
"""


def discriminator_loss(real_scores, fake_scores):
    labels = ops.concatenate([-ops.ones_like(real_scores), ops.ones_like(fake_scores)])
    scores = ops.concatenate([real_scores, fake_scores])
    return 2 * ops.mean(labels * scores)
