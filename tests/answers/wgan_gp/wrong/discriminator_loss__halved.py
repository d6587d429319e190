"""Half of it, the mean over all 2B scores.

question: discriminator_loss
fails: test_formula, test_gradients
"""


def discriminator_loss(real_scores, fake_scores):
    return 0.5 * (ops.mean(fake_scores) - ops.mean(real_scores))
