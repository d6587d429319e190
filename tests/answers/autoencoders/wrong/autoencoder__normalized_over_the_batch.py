"""The batch normalization always trains.

question: autoencoder
fails: test_images_on_their_own
"""


def build_autoencoder(input_dim, latent_dim):
    inputs = keras.Input(shape=(input_dim,))
    x = layers.BatchNormalization()(layers.Dense(40, activation="relu")(inputs), training=True)
    code = layers.Dense(latent_dim)(x)
    encoder = keras.Model(inputs, code)
    latent = keras.Input(shape=(latent_dim,))
    y = layers.Dense(40, activation="relu")(latent)
    decoded = layers.Dense(input_dim, activation="sigmoid")(y)
    decoder = keras.Model(latent, decoded)
    model = keras.Model(inputs, decoder(code))
    return model, encoder, decoder
