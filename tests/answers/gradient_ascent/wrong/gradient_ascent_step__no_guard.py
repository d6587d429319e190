"""Nothing guards the division.

question: gradient_ascent_step
fails: test_no_gradient
"""


def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    with tf.GradientTape() as tape:
        tape.watch(image)
        loss = compute_loss(extractor, image, filter_index)
    gradient = tape.gradient(loss, image)
    return image + learning_rate * gradient / ops.sqrt(ops.sum(ops.square(gradient)))
