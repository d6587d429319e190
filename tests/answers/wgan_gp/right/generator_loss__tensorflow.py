"""With tf.reduce_mean.

question: generator_loss
"""


def generator_loss(fake_scores):
    return -tf.reduce_mean(fake_scores)
