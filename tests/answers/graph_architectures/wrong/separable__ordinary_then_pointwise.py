"""The 3×3 step is an ordinary convolution.

question: separable
fails: test_channels_stay_apart
"""

def separable_block(x, filters):
    z = layers.Conv2D(x.shape[-1], 3, padding="same")(x)
    return layers.Conv2D(filters, 1, activation="relu")(z)
