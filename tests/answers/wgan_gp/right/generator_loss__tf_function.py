"""Compiled to a graph by itself.

question: generator_loss
"""


@tf.function
def generator_loss(fake_scores):
    return tf.negative(tf.math.reduce_mean(fake_scores))
