"""The 1×1 convolution comes first.

question: separable
fails: test_channels_stay_apart
"""

def separable_block(x, filters):
    z = layers.Conv2D(filters, 1)(x)
    return layers.DepthwiseConv2D(3, padding="same", activation="relu")(z)
