"""A ReLU after each step.

question: separable
fails: test_linear_then_relu
"""

def separable_block(x, filters):
    z = layers.DepthwiseConv2D(3, padding="same", activation="relu")(x)
    return layers.Conv2D(filters, 1, activation="relu")(z)
