"""Repeats the last row and column.

question: total_variation
fails: test_formula, test_border
"""


def total_variation_loss(images):
    down = tf.pad(images[:, 1:] - images[:, :-1], [[0, 0], [0, 1], [0, 0], [0, 0]])
    across = tf.pad(images[:, :, 1:] - images[:, :, :-1], [[0, 0], [0, 0], [0, 1], [0, 0]])
    return tf.reduce_sum((tf.square(down) + tf.square(across)) ** 1.25)
