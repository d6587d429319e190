"""No biases; inputs and outputs in lists.

question: autoencoder
"""


def build_autoencoder(input_dim, latent_dim):
    x, z = keras.Input((input_dim,)), keras.Input((latent_dim,))
    encoder = keras.Model([x], [layers.Dense(latent_dim, use_bias=False)(x)])
    decoder = keras.Model([z], [layers.Dense(input_dim, "sigmoid", use_bias=False)(z)])
    return keras.Model([x], [decoder(encoder(x))]), encoder, decoder
