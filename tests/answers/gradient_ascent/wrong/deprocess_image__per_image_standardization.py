"""TensorFlow's standardization, which guards small images and faint ones more than is allowed.

question: deprocess_image
fails: test_levels, test_faint
"""


def deprocess_image(image):
    standard = tf.image.per_image_standardization(image)
    return tf.cast(tf.round(255 * tf.clip_by_value(0.5 + 0.15 * standard, 0, 1)), tf.uint8)
