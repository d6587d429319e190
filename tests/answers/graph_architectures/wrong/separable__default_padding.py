"""The depthwise step loses the edge.

question: separable
fails: test_shape
"""

def separable_block(x, filters):
    z = layers.DepthwiseConv2D(3)(x)
    return layers.Conv2D(filters, 1, activation="relu")(z)
