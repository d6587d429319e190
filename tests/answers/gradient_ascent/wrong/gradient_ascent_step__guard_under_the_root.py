"""The guard of 1e-6 under the root, where it counts as 1e-3.

question: gradient_ascent_step
fails: test_length
"""


def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    with tf.GradientTape() as tape:
        tape.watch(image)
        loss = compute_loss(extractor, image, filter_index)
    gradient = tape.gradient(loss, image)
    return image + learning_rate * gradient / ops.sqrt(ops.sum(ops.square(gradient)) + 1e-6)
