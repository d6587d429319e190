"""Both means added.

question: discriminator_loss
fails: test_formula, test_good_and_bad_critics
"""


def discriminator_loss(real_scores, fake_scores):
    return ops.mean(fake_scores) + ops.mean(real_scores)
