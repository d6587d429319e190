"""TensorFlow, with the differences the other way round.

question: total_variation
"""


def total_variation_loss(images):
    a = tf.square(images[:, :-1, :-1, :] - images[:, 1:, :-1, :])
    b = tf.square(images[:, :-1, :-1, :] - images[:, :-1, 1:, :])
    return tf.reduce_sum(tf.pow(a + b, 1.25))
