"""Batch normalisation before each activation, and ops.tanh.

question: generator
"""


def build_generator(latent_dim, image_shape):
    height, width, channels = image_shape

    def bend(x):
        return layers.ReLU()(layers.BatchNormalization()(x))

    z = keras.Input((latent_dim,))
    x = bend(layers.Dense(height // 4 * (width // 4) * 32, use_bias=False)(z))
    x = layers.Reshape((height // 4, width // 4, 32))(x)
    x = bend(layers.Conv2DTranspose(32, 4, 2, "same", use_bias=False)(x))
    x = bend(layers.Conv2DTranspose(16, 4, 2, "same", use_bias=False)(x))
    return keras.Model(z, ops.tanh(layers.Conv2D(channels, 5, padding="same")(x)))
