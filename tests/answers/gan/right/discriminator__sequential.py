"""A Sequential, with bigger kernels.

question: discriminator
"""


def build_discriminator(image_shape):
    network = keras.Sequential([keras.Input(image_shape)], name="judge")
    for filters in (24, 48):
        network.add(layers.Conv2D(filters, 5, strides=2, padding="same"))
        network.add(layers.LeakyReLU(negative_slope=0.3))
    network.add(layers.Flatten())
    network.add(layers.Dropout(0.5))
    network.add(layers.Dense(1))
    return network
