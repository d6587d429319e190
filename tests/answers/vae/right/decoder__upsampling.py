"""UpSampling2D and ordinary convolutions; the sigmoid as a layer.

question: decoder
"""


def build_decoder(latent_dim, image_shape):
    height, width, channels = image_shape
    point = keras.Input(shape=(latent_dim,))
    x = layers.Dense(height * width // 16 * 8)(point)
    x = layers.LeakyReLU()(x)
    x = layers.Reshape((height // 4, width // 4, 8))(x)
    for filters in (16, 8):
        x = layers.UpSampling2D()(x)
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    x = layers.Conv2D(channels, 3, padding="same")(x)
    return keras.Model(point, layers.Activation("sigmoid")(x))
