"""The total variation of TensorFlow: magnitudes.

question: total_variation
fails: test_formula, test_border
"""


def total_variation_loss(images):
    return tf.reduce_sum(tf.image.total_variation(images))
