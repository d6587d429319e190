"""Moves the image, and the weights as well.

question: gradient_ascent_step
fails: test_weights_stay
"""


def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    weights = extractor.trainable_weights
    with tf.GradientTape() as tape:
        tape.watch(image)
        loss = compute_loss(extractor, image, filter_index)
    gradient, *others = tape.gradient(loss, [image, *weights])
    for weight, other in zip(weights, others):
        weight.assign_add(1e-3 * other)
    return image + learning_rate * tf.math.l2_normalize(gradient)
