"""One column, repeated from left to right.

question: generator
fails: test_pixels_of_their_own
"""


def build_generator(latent_dim, image_shape):
    height, width, channels = image_shape
    points = keras.Input((latent_dim,))
    x = layers.Dense(height // 4 * (width // 4) * 32, activation="relu")(points)
    x = layers.Reshape((height // 4, width // 4, 32))(x)
    x = layers.Conv2DTranspose(32, 3, strides=2, padding="same", activation="relu")(x)
    x = layers.Conv2DTranspose(16, 3, strides=2, padding="same", activation="relu")(x)
    x = layers.Conv2D(channels, 3, padding="same", activation="tanh")(x)
    return keras.Model(points, ops.repeat(x[:, :, :1], width, axis=2))
