"""Has zeros around the image.

question: total_variation
fails: test_formula, test_border
"""


def total_variation_loss(images):
    wide = tf.pad(images, [[0, 0], [0, 1], [0, 1], [0, 0]])
    return tf.reduce_sum((tf.square(wide[:, 1:, :-1] - images) + tf.square(wide[:, :-1, 1:] - images)) ** 1.25)
