"""One 3×3 filter for all channels.

question: separable
fails: test_a_filter_for_each_channel
"""

def separable_block(x, filters):
    convolution = layers.Conv2D(1, 3, padding="same")
    z = layers.Concatenate()([convolution(x[..., c : c + 1]) for c in range(x.shape[-1])])
    return layers.Conv2D(filters, 1, activation="relu")(z)
