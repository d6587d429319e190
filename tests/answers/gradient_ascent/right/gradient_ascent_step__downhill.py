"""Downhill on the negative loss.

question: gradient_ascent_step
"""


def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    with tf.GradientTape() as tape:
        tape.watch(image)
        downhill = -compute_loss(extractor, image, filter_index)
    slope = tape.gradient(downhill, image)
    steepness = ops.norm(ops.reshape(slope, [-1]))
    return ops.subtract(image, slope * learning_rate / (steepness + 1e-8))
