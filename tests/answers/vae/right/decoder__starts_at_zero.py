"""The last layer starts at zero: grey images, until it learns.

question: decoder
"""


def build_decoder(latent_dim, image_shape):
    height, width, channels = image_shape
    z = keras.Input((latent_dim,))
    x = layers.Dense(height // 4 * (width // 4) * 32, activation="swish")(z)
    x = layers.Reshape((height // 4, width // 4, 32))(x)
    x = layers.Conv2DTranspose(32, 3, strides=2, padding="same", activation="swish")(x)
    x = layers.Conv2DTranspose(16, 3, strides=2, padding="same", activation="swish")(x)
    last = layers.Conv2D(channels, 3, padding="same", activation=keras.activations.sigmoid, kernel_initializer="zeros")
    return keras.Model(z, last(x))
