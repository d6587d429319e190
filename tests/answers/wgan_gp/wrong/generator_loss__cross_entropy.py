"""The loss of an ordinary GAN.

question: generator_loss
fails: test_formula, test_far_scores
"""


def generator_loss(fake_scores):
    return keras.losses.BinaryCrossentropy(from_logits=True)(ops.ones_like(fake_scores), fake_scores)
