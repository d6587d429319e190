"""The loss of an ordinary GAN.

question: discriminator_loss
fails: test_formula, test_far_scores
"""


def discriminator_loss(real_scores, fake_scores):
    cross_entropy = keras.losses.BinaryCrossentropy(from_logits=True)
    real_loss = cross_entropy(ops.ones_like(real_scores), real_scores)
    fake_loss = cross_entropy(ops.zeros_like(fake_scores), fake_scores)
    return real_loss + fake_loss
