"""Writes the loss out, watches nothing but the image.

question: gradient_ascent_step
"""


def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(image)
        middle = extractor(image, training=False)[:, 2:-2, 2:-2, filter_index]
        height = tf.reduce_mean(middle)
    direction = tape.gradient(height, image)
    length = tf.sqrt(tf.reduce_sum(direction**2) + 1e-12)
    return image + direction * (learning_rate / length)
