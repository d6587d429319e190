"""A tanh, moved and scaled to 0 to 1.

question: decoder
"""


def build_decoder(latent_dim, image_shape):
    height, width, channels = image_shape
    z = layers.Input((latent_dim,))
    x = layers.Dense((height // 4) * (width // 4) * 16, activation="elu")(z)
    x = layers.Reshape((height // 4, width // 4, 16))(x)
    x = layers.Conv2DTranspose(8, 4, strides=(2, 2), padding="same", activation="elu")(x)
    x = layers.Conv2DTranspose(channels, 4, strides=(2, 2), padding="same", activation="tanh")(x)
    return keras.Model(z, (x + 1) / 2)
