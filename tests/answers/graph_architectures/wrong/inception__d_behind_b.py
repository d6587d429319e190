"""Branch D goes on from B's first layer by mistake.

question: inception
fails: test_side_by_side
"""

def inception_module(x, filters):
    conv = functools.partial(layers.Conv2D, filters, padding="same", activation="relu")
    a = conv(kernel_size=1, strides=2)(x)
    first = conv(kernel_size=1)(x)
    b = conv(kernel_size=3, strides=2)(first)
    c = conv(kernel_size=3)(layers.AveragePooling2D(3, 2, "same")(x))
    d = conv(kernel_size=1)(first)
    d = conv(kernel_size=3, strides=2)(conv(kernel_size=3)(d))
    return layers.Concatenate()([a, b, c, d])
