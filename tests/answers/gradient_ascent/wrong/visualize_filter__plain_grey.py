"""No noise at all.

question: visualize_filter
fails: test_begins_with_grey_noise, test_other_seeds
"""


def visualize_filter(extractor, filter_index, image_shape, steps, learning_rate, seed):
    image = tf.fill((1, *image_shape), 0.5)
    for _ in range(steps):
        image = gradient_ascent_step(extractor, image, filter_index, learning_rate)
    return image[0]
