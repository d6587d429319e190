"""Reshaped and enlarged by ops; the last layer has no bias.

question: generator
"""


def build_generator(latent_dim, image_shape):
    height, width, channels = image_shape
    points = keras.Input((latent_dim,))
    x = ops.relu(layers.Dense(height // 4 * (width // 4) * 32)(points))
    x = ops.reshape(x, (-1, height // 4, width // 4, 32))
    for filters in (32, 16):
        x = ops.repeat(ops.repeat(x, 2, axis=1), 2, axis=2)
        x = ops.relu(layers.Conv2D(filters, 3, padding="same")(x))
    return keras.Model(points, ops.tanh(layers.Conv2D(channels, 3, padding="same", use_bias=False)(x)))
