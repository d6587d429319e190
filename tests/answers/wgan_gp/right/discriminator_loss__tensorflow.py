"""With tf.reduce_mean.

question: discriminator_loss
"""


def discriminator_loss(real_scores, fake_scores):
    return tf.reduce_mean(fake_scores) - tf.reduce_mean(real_scores)
