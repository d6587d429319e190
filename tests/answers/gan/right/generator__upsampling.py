"""Upsampling, each followed by a convolution.

question: generator
"""


def build_generator(latent_dim, image_shape):
    height, width, channels = image_shape
    z = keras.Input((latent_dim,))
    x = layers.Dense(height // 4 * width // 4 * 16, activation="elu")(z)
    x = layers.Reshape((height // 4, width // 4, 16))(x)
    for filters in (32, 16):
        x = layers.UpSampling2D()(x)
        x = layers.Conv2D(filters, 3, padding="same", activation="elu")(x)
    return keras.Model(z, layers.Conv2D(channels, 1, activation="tanh")(x))
