"""Shortens long gradients, and leaves short ones as they are.

question: gradient_ascent_step
fails: test_one_step, test_length
"""


def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    with tf.GradientTape() as tape:
        tape.watch(image)
        loss = compute_loss(extractor, image, filter_index)
    gradient = tape.gradient(loss, image)
    return image + learning_rate * tf.clip_by_norm(gradient, 1.0)
