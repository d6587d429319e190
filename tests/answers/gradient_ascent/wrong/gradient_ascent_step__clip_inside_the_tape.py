"""Clips the image inside the tape: no gradient for pixels outside of 0 to 1.

question: gradient_ascent_step
fails: test_one_step
"""


def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    with tf.GradientTape() as tape:
        tape.watch(image)
        loss = compute_loss(extractor, ops.clip(image, 0, 1), filter_index)
    gradient = tape.gradient(loss, image)
    return image + learning_rate * tf.math.l2_normalize(gradient)
