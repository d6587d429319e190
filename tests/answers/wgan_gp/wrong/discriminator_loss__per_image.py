"""One difference for each image, no mean.

question: discriminator_loss
fails: test_formula, test_single_number
"""


def discriminator_loss(real_scores, fake_scores):
    return fake_scores - real_scores
