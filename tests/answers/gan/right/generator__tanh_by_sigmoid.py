"""tanh, written with a sigmoid.

question: generator
"""


def build_generator(latent_dim, image_shape):
    height, width, channels = image_shape
    points = keras.Input((latent_dim,))
    x = layers.Dense(height // 4 * (width // 4) * 32, activation="relu")(points)
    x = layers.Reshape((height // 4, width // 4, 32))(x)
    x = layers.Conv2DTranspose(32, 3, strides=2, padding="same", activation="relu")(x)
    x = layers.Conv2DTranspose(channels, 3, strides=2, padding="same")(x)
    return keras.Model(points, 2 * ops.sigmoid(2 * x) - 1)
