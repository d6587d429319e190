"""The hinge loss.

question: discriminator_loss
fails: test_formula, test_far_scores
"""


def discriminator_loss(real_scores, fake_scores):
    return ops.mean(ops.relu(1 - real_scores)) + ops.mean(ops.relu(1 + fake_scores))
