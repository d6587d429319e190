"""Moves the weights, by their gradient, and returns the image as it was.

question: gradient_ascent_step
fails: test_one_step, test_weights_stay
"""


def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    with tf.GradientTape() as tape:
        loss = compute_loss(extractor, image, filter_index)
    for weight, gradient in zip(extractor.trainable_weights, tape.gradient(loss, extractor.trainable_weights)):
        weight.assign_add(learning_rate * tf.math.l2_normalize(gradient))
    return image
