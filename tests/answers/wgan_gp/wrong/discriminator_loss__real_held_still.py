"""No gradient for the real images' scores.

question: discriminator_loss
fails: test_gradients
"""


def discriminator_loss(real_scores, fake_scores):
    return ops.mean(fake_scores) - ops.stop_gradient(ops.mean(real_scores))
