"""The gap itself, so that the optimizer closes it.

question: discriminator_loss
fails: test_formula, test_good_and_bad_critics, test_gradients
"""


def discriminator_loss(real_scores, fake_scores):
    return ops.mean(real_scores) - ops.mean(fake_scores)
