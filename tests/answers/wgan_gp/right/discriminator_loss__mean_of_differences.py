"""One mean, of the differences.

question: discriminator_loss
"""


def discriminator_loss(real_scores, fake_scores):
    return ops.mean(fake_scores - real_scores)
