"""A guard of 1e-5, ten times what is allowed.

question: gradient_ascent_step
fails: test_length
"""


def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    with tf.GradientTape() as tape:
        tape.watch(image)
        loss = compute_loss(extractor, image, filter_index)
    gradient = tape.gradient(loss, image)
    return image + learning_rate * gradient / (tf.norm(gradient) + 1e-5)
