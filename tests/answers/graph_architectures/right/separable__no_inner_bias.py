"""Depthwise without a bias, ReLU as a layer.

question: separable
"""

def separable_block(x, filters):
    x = layers.DepthwiseConv2D(kernel_size=(3, 3), padding="same", use_bias=False)(x)
    x = layers.Conv2D(filters, kernel_size=(1, 1))(x)
    return layers.ReLU()(x)
