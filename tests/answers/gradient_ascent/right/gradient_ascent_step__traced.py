"""A traced function for the direction.

question: gradient_ascent_step
"""


@tf.function
def direction_of(extractor, image, filter_index):
    with tf.GradientTape() as tape:
        tape.watch(image)
        objective = compute_loss(extractor, image, filter_index)
    slope = tape.gradient(objective, image)
    return slope * tf.math.rsqrt(tf.maximum(tf.reduce_sum(tf.square(slope)), 1e-14))


def gradient_ascent_step(extractor, image, filter_index, learning_rate):
    return image + learning_rate * direction_of(extractor, image, filter_index)
