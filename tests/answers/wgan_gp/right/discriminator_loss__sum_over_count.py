"""Sums, divided by the number of images.

question: discriminator_loss
"""


def discriminator_loss(real_scores, fake_scores):
    count = tf.cast(tf.shape(real_scores)[0], tf.float32)
    return (tf.reduce_sum(fake_scores) - tf.reduce_sum(real_scores)) / count
