"""The distance of the means, so that a critic that confuses them counts as good as one that tells them apart.

question: discriminator_loss
fails: test_good_and_bad_critics
"""


def discriminator_loss(real_scores, fake_scores):
    return -ops.abs(ops.mean(real_scores) - ops.mean(fake_scores))
