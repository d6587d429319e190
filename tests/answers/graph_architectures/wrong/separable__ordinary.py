"""An ordinary convolution.

question: separable
fails: test_channels_stay_apart
"""

def separable_block(x, filters):
    return layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
