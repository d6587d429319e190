"""A second 1×1 convolution between the two.

question: separable
fails: test_a_filter_for_each_channel
"""

def separable_block(x, filters):
    z = layers.DepthwiseConv2D(3, padding="same")(x)
    z = layers.Conv2D(x.shape[-1], 1)(z)
    return layers.Conv2D(filters, 1, activation="relu")(z)
