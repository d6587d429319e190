"""No hidden layer at all: one dense layer to each side.

question: autoencoder
"""


def build_autoencoder(input_dim, latent_dim):
    x, z = keras.Input((input_dim,)), keras.Input((latent_dim,))
    encoder = keras.Model(x, layers.Dense(latent_dim)(x))
    decoder = keras.Model(z, layers.Dense(input_dim, activation=keras.activations.sigmoid)(z))
    return keras.Model(x, decoder(encoder(x))), encoder, decoder
