"""The pointwise step has no bias.

question: separable
fails: test_channels_stay_apart
"""

def separable_block(x, filters):
    z = layers.DepthwiseConv2D(3, padding="same")(x)
    return layers.Conv2D(filters, 1, activation="relu", use_bias=False)(z)
