"""The loss is computed before the tape runs.

question: gradient_ascent_step
fails: test_one_step
"""


def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    loss = compute_loss(extractor, image, filter_index)
    with tf.GradientTape() as tape:
        tape.watch(image)
    gradient = tape.gradient(loss, image)
    return image + learning_rate * tf.math.l2_normalize(gradient)
