"""The ReLU is in the first step instead of the second.

question: separable
fails: test_linear_then_relu
"""

def separable_block(x, filters):
    z = layers.DepthwiseConv2D(3, padding="same", activation="relu")(x)
    return layers.Conv2D(filters, 1)(z)
