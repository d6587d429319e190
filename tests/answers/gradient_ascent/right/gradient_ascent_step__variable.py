"""The image as a variable, which the tape watches by itself.

question: gradient_ascent_step
"""


def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    pixels = tf.Variable(image)
    with tf.GradientTape() as tape:
        height = compute_loss(extractor, pixels, filter_index)
    direction = tape.gradient(height, pixels)
    pixels.assign_add(learning_rate * direction / (tf.norm(direction) + 1e-7))
    return pixels
