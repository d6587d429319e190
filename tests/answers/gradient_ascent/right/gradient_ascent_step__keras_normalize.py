"""Keras' normalize over rows, columns and channels.

question: gradient_ascent_step
"""


def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    with tf.GradientTape() as tape:
        tape.watch(image)
        loss = compute_loss(extractor, image, filter_index)
    gradient = tape.gradient(loss, image)
    return image + learning_rate * ops.normalize(gradient, axis=(1, 2, 3), order=2)
