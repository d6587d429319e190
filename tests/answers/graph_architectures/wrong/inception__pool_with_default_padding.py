"""The pooling keeps its default padding, which loses the edge.

question: inception
fails: test_shape
"""

def inception_module(x, filters):
    conv = functools.partial(layers.Conv2D, filters, padding="same", activation="relu")
    a = conv(kernel_size=1, strides=2)(x)
    b = conv(kernel_size=3, strides=2)(conv(kernel_size=1)(x))
    c = conv(kernel_size=3)(layers.AveragePooling2D(3, 2)(x))
    d = conv(kernel_size=3, strides=2)(conv(kernel_size=3)(conv(kernel_size=1)(x)))
    return layers.Concatenate()([a, b, c, d])
