"""Sixty-four pixels whatever was asked for.

question: autoencoder
fails: test_shapes
"""


def build_autoencoder(input_dim, latent_dim):
    inputs = keras.Input(shape=(64,))
    x = layers.Dense(40, activation="relu")(inputs)
    code = layers.Dense(latent_dim)(x)
    encoder = keras.Model(inputs, code)
    latent = keras.Input(shape=(latent_dim,))
    y = layers.Dense(40, activation="relu")(latent)
    decoded = layers.Dense(64, activation="sigmoid")(y)
    decoder = keras.Model(latent, decoded)
    model = keras.Model(inputs, decoder(code))
    return model, encoder, decoder
