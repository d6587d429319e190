"""Leaves out the last row, and lets the columns wrap around.

question: total_variation
fails: test_formula, test_border
"""


def total_variation_loss(images):
    across = tf.roll(images, -1, axis=2)[:, :-1] - images[:, :-1]
    down = images[:, 1:] - images[:, :-1]
    return tf.reduce_sum((tf.square(down) + tf.square(across)) ** 1.25)
