"""The mean over the first axis alone.

question: discriminator_loss
fails: test_single_number
"""


def discriminator_loss(real_scores, fake_scores):
    return ops.mean(fake_scores, axis=0) - ops.mean(real_scores, axis=0)
