"""The last number of each code is left out.

question: autoencoder
fails: test_everything_counts
"""


def build_autoencoder(input_dim, latent_dim):
    inputs = keras.Input(shape=(input_dim,))
    x = layers.Dense(40, activation="relu")(inputs)
    code = layers.Dense(latent_dim)(x)
    encoder = keras.Model(inputs, code)
    latent = keras.Input(shape=(latent_dim,))
    y = layers.Dense(40, activation="relu")(latent[:, : latent_dim - 1])
    decoded = layers.Dense(input_dim, activation="sigmoid")(y)
    decoder = keras.Model(latent, decoded)
    model = keras.Model(inputs, decoder(code))
    return model, encoder, decoder
