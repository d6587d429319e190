"""Takes two steps at once.

question: gradient_ascent_step
fails: test_one_step, test_length
"""


def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    for _ in range(2):
        with tf.GradientTape() as tape:
            tape.watch(image)
            loss = compute_loss(extractor, image, filter_index)
        image = image + learning_rate * tf.math.l2_normalize(tape.gradient(loss, image))
    return image
