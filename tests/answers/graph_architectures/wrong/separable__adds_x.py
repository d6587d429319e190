"""The depthwise step's output is added to x, as in a residual block.

question: separable
fails: test_nothing_goes_round_the_steps
"""


def separable_block(x, filters):
    z = layers.DepthwiseConv2D(3, padding="same")(x)
    return layers.Conv2D(filters, 1, activation="relu")(x + z)
