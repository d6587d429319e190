"""TensorFlow's uniform with a seed alone: the next call draws on.

question: visualize_filter
fails: test_same_seed
"""


def visualize_filter(extractor, filter_index, image_shape, steps, learning_rate, seed):
    image = tf.random.uniform((1, *image_shape), 0.4, 0.6, seed=seed)
    for _ in range(steps):
        image = gradient_ascent_step(extractor, image, filter_index, learning_rate)
    return image[0]
