"""A division that gives 0 for 0 / 0.

question: gradient_ascent_step
"""


def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    with tf.GradientTape() as tape:
        tape.watch(image)
        objective = compute_loss(extractor, image, filter_index)
    grads = tape.gradient(objective, image)
    unit = tf.math.divide_no_nan(grads, tf.linalg.global_norm([grads]))
    return tf.add(image, learning_rate * unit)
