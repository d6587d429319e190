"""A convolution with one filter for each channel, side by side.

question: separable
"""

def separable_block(x, filters):
    alone = [layers.Conv2D(1, 3, padding="same")(x[..., c : c + 1]) for c in range(x.shape[-1])]
    joined = layers.Concatenate()(alone)
    return layers.Conv2D(filters, 1, activation="relu", padding="same")(joined)
