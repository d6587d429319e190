"""The depthwise filters are 5×5.

question: separable
fails: test_channels_stay_apart
"""

def separable_block(x, filters):
    return layers.SeparableConv2D(filters, 5, padding="same", activation="relu")(x)
