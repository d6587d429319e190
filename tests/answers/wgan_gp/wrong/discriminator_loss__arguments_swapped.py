"""The right formula under a signature with its arguments swapped.

question: discriminator_loss
fails: test_formula, test_good_and_bad_critics
"""


def discriminator_loss(fake_scores, real_scores):
    return ops.mean(fake_scores) - ops.mean(real_scores)
