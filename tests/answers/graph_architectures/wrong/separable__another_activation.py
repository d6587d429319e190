"""A softplus for the ReLU.

question: separable
fails: test_linear_then_relu
"""

def separable_block(x, filters):
    return layers.SeparableConv2D(filters, 3, padding="same", activation="softplus")(x)
