"""A small constant under the power.

question: total_variation
"""


def total_variation_loss(images):
    corner = images[:, :-1, :-1]
    squares = tf.square(images[:, 1:, :-1] - corner) + tf.square(images[:, :-1, 1:] - corner)
    return tf.reduce_sum(tf.pow(squares + 1e-12, 1.25))
