"""Two Sequential halves, and one that holds both.

question: autoencoder
"""


def build_autoencoder(input_dim, latent_dim):
    encoder = keras.Sequential([keras.Input((input_dim,)), layers.Dense(24, "relu"), layers.Dense(latent_dim)])
    decoder = keras.Sequential([keras.Input((latent_dim,)), layers.Dense(24, "relu"), layers.Dense(input_dim, "sigmoid")])
    return keras.Sequential([keras.Input((input_dim,)), encoder, decoder]), encoder, decoder
