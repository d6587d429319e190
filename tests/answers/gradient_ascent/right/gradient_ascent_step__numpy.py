"""Gradient by the tape, the rest by NumPy.

question: gradient_ascent_step
"""


def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    start = tf.convert_to_tensor(image, dtype="float32")
    with tf.GradientTape() as tape:
        tape.watch(start)
        height = compute_loss(extractor, start, filter_index)
    direction = tape.gradient(height, start).numpy()
    length = np.linalg.norm(direction)
    if length > 0:
        direction = direction / length
    return (start.numpy() + learning_rate * direction).astype("float32")
