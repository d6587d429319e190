"""A grouped convolution, then a Dense layer.

question: separable
"""

def separable_block(x, filters):
    channels = x.shape[-1]
    x = layers.Conv2D(channels, 3, padding="same", groups=channels)(x)
    return layers.Dense(filters, activation="relu")(x)
