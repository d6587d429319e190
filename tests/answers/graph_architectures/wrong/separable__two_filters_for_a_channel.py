"""Two depthwise filters for each channel.

question: separable
fails: test_channels_stay_apart
"""

def separable_block(x, filters):
    z = layers.DepthwiseConv2D(3, padding="same", depth_multiplier=2)(x)
    return layers.Conv2D(filters, 1, activation="relu")(z)
