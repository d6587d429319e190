"""The depthwise filters have holes.

question: separable
fails: test_channels_stay_apart
"""

def separable_block(x, filters):
    return layers.SeparableConv2D(filters, 3, padding="same", dilation_rate=2, activation="relu")(x)
