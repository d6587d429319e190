"""Branches from D to A, each ReLU a layer of its own.

question: inception
"""

def _convolve(x, filters, size, stride=1):
    x = layers.Conv2D(filters, (size, size), strides=(stride, stride), padding="same")(x)
    return layers.Activation("relu")(x)


def inception_module(x, filters):
    d = _convolve(_convolve(_convolve(x, filters, 1), filters, 3), filters, 3, stride=2)
    c = _convolve(layers.AvgPool2D(pool_size=(3, 3), strides=(2, 2), padding="same")(x), filters, 3)
    b = _convolve(_convolve(x, filters, 1), filters, 3, 2)
    a = _convolve(x, filters, 1, 2)
    return layers.Concatenate(axis=3)([d, c, b, a])
