"""Rolls the images, and leaves out what wraps around.

question: total_variation
"""


def total_variation_loss(images):
    down = tf.roll(images, -1, axis=1) - images
    across = tf.roll(images, -1, axis=2) - images
    rough = (tf.square(down) + tf.square(across)) ** 1.25
    return tf.reduce_sum(rough[:, :-1, :-1])
