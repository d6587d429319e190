"""TensorFlow: moments, saturating cast.

question: deprocess_image
"""


def deprocess_image(image):
    x = tf.cast(image, tf.float32)
    mean, variance = tf.nn.moments(x, axes=[0, 1, 2])
    x = (x - mean) / tf.maximum(tf.sqrt(variance), 1e-6)
    return tf.saturate_cast((0.15 * x + 0.5) * 255.0, tf.uint8)
