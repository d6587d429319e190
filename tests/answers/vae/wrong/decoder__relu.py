"""A ReLU at the end.

question: decoder
fails: test_inside_zero_and_one, test_whole_range
"""


def build_decoder(latent_dim, image_shape):
    height, width, channels = image_shape
    z = keras.Input((latent_dim,))
    x = layers.Dense(height // 4 * (width // 4) * 32, activation="relu")(z)
    x = layers.Reshape((height // 4, width // 4, 32))(x)
    x = layers.Conv2DTranspose(32, 3, strides=2, padding="same", activation="relu")(x)
    x = layers.Conv2DTranspose(16, 3, strides=2, padding="same", activation="relu")(x)
    images = layers.Conv2DTranspose(channels, 3, padding="same", activation="relu")(x)
    return keras.Model(z, images)
