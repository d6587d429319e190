"""Clips the new image to the range from 0 to 1.

question: gradient_ascent_step
fails: test_one_step
"""


def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    with tf.GradientTape() as tape:
        tape.watch(image)
        loss = compute_loss(extractor, image, filter_index)
    gradient = tape.gradient(loss, image)
    return ops.clip(image + learning_rate * tf.math.l2_normalize(gradient), 0, 1)
