"""Decoder layers made once and called on two tensors.

question: autoencoder
"""


def build_autoencoder(input_dim, latent_dim):
    x = keras.Input((input_dim,))
    z = layers.Dense(latent_dim)(layers.Dense(50, activation="gelu")(x))
    back = [layers.Dense(50, activation="gelu"), layers.Dense(input_dim), layers.Activation("sigmoid")]

    def decode(tensor):
        for layer in back:
            tensor = layer(tensor)
        return tensor

    point = keras.Input((latent_dim,))
    return keras.Model(x, decode(z)), keras.Model(x, z), keras.Model(point, decode(point))
