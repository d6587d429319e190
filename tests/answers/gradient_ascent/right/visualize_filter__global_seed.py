"""Sets every global seed; noise around one half.

question: visualize_filter
"""


def visualize_filter(extractor, filter_index, image_shape, steps, learning_rate, seed):
    keras.utils.set_random_seed(seed)
    height, width, channels = image_shape
    start = 0.5 + keras.random.uniform((height, width, channels), -0.1, 0.1)
    batch = ops.expand_dims(start, 0)
    done = 0
    while done < steps:
        batch = gradient_ascent_step(extractor, batch, filter_index, learning_rate=learning_rate)
        done += 1
    return ops.squeeze(batch, 0)
