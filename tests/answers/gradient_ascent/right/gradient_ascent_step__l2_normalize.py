"""TensorFlow's l2_normalize over all axes.

question: gradient_ascent_step
"""


def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    with tf.GradientTape() as tape:
        tape.watch(image)
        height = compute_loss(extractor, image, filter_index)
    gradients = tape.gradient(height, image)
    return image + learning_rate * tf.math.l2_normalize(gradients)
