"""A guard of 0.1, which shortens weak filters' steps.

question: gradient_ascent_step
fails: test_length
"""


def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    with tf.GradientTape() as tape:
        tape.watch(image)
        loss = compute_loss(extractor, image, filter_index)
    gradient = tape.gradient(loss, image)
    return image + learning_rate * gradient / ops.maximum(ops.sqrt(ops.sum(ops.square(gradient))), 0.1)
