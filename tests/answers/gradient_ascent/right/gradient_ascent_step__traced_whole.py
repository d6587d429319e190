"""The whole step is a traced function.

question: gradient_ascent_step
"""


@tf.function
def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    with tf.GradientTape() as tape:
        tape.watch(image)
        loss = compute_loss(extractor, image, filter_index)
    gradient = tape.gradient(loss, image)
    norm = tf.norm(gradient)
    return image + tf.where(norm > 0, learning_rate / norm, 0.0) * gradient
