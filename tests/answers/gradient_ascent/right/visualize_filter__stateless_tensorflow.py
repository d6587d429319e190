"""TensorFlow's stateless uniform numbers, stretched by hand.

question: visualize_filter
"""


def visualize_filter(extractor, filter_index, image_shape, steps, learning_rate, seed):
    noise = tf.random.stateless_uniform([1, *image_shape], seed=[seed, 0])
    picture = 0.4 + 0.2 * noise
    for step in range(steps):
        picture = gradient_ascent_step(extractor, picture, filter_index, learning_rate)
    return picture[0]
