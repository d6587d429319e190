"""The second transposed convolution makes the channels.

question: generator
"""


def build_generator(latent_dim, image_shape):
    h, w, c = image_shape
    network = keras.Sequential([keras.Input(shape=(latent_dim,))])
    network.add(layers.Dense((h // 4) * (w // 4) * 48))
    network.add(layers.LeakyReLU(0.2))
    network.add(layers.Reshape([h // 4, w // 4, 48]))
    network.add(layers.Conv2DTranspose(24, 4, strides=2, padding="same"))
    network.add(layers.LeakyReLU(0.2))
    network.add(layers.Conv2DTranspose(c, 4, strides=2, padding="same"))
    network.add(layers.Activation("tanh"))
    return network
