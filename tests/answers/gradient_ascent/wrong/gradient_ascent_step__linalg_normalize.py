"""TensorFlow's normalize, which has no guard.

question: gradient_ascent_step
fails: test_no_gradient
"""


def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    with tf.GradientTape() as tape:
        tape.watch(image)
        loss = compute_loss(extractor, image, filter_index)
    gradient = tape.gradient(loss, image)
    direction, _ = tf.linalg.normalize(gradient)
    return image + learning_rate * direction
