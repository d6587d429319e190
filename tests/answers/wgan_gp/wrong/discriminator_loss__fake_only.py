"""Only the generated images' scores.

question: discriminator_loss
fails: test_formula, test_gradients
"""


def discriminator_loss(real_scores, fake_scores):
    return ops.mean(fake_scores)
