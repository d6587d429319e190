"""The real images' scores in both terms.

question: discriminator_loss
fails: test_formula
"""


def discriminator_loss(real_scores, fake_scores):
    return ops.mean(real_scores) - ops.mean(real_scores)
