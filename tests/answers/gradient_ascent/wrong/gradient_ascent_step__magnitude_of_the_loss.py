"""Climbs the loss's magnitude, which leads down where the loss is negative.

question: gradient_ascent_step
fails: test_one_step, test_rises
"""


def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    with tf.GradientTape() as tape:
        tape.watch(image)
        loss = ops.abs(compute_loss(extractor, image, filter_index))
    gradient = tape.gradient(loss, image)
    return image + learning_rate * tf.math.l2_normalize(gradient)
