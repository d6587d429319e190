"""Deeper halves with batch normalization and dropout.

question: autoencoder
"""


def build_autoencoder(input_dim, latent_dim):
    def half(start, size, end, activation):
        begin = keras.Input((start,))
        x = layers.Dense(size)(begin)
        x = layers.BatchNormalization()(x)
        x = layers.LeakyReLU()(x)
        x = layers.Dropout(0.1)(x)
        x = layers.Dense(size, activation="relu")(x)
        return keras.Model(begin, layers.Dense(end, activation=activation)(x))

    encoder = half(input_dim, 48, latent_dim, None)
    decoder = half(latent_dim, 48, input_dim, "sigmoid")
    image = keras.Input((input_dim,))
    return keras.Model(image, decoder(encoder(image))), encoder, decoder
