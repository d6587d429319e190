"""Rolls the images: the last column becomes a neighbour of the first.

question: total_variation
fails: test_formula, test_border
"""


def total_variation_loss(images):
    down = tf.roll(images, -1, axis=1) - images
    across = tf.roll(images, -1, axis=2) - images
    return tf.reduce_sum((tf.square(down) + tf.square(across)) ** 1.25)
