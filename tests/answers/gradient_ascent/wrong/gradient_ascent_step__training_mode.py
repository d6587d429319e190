"""Writes the loss out, in training mode: the averages move.

question: gradient_ascent_step
fails: test_one_step, test_weights_stay
"""


def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    with tf.GradientTape() as tape:
        tape.watch(image)
        loss = ops.mean(extractor(image, training=True)[:, 2:-2, 2:-2, filter_index])
    gradient = tape.gradient(loss, image)
    return image + learning_rate * tf.math.l2_normalize(gradient)
