"""Each branch begins where the one before it ended, with its strides taken away to make the sizes fit.

question: inception
fails: test_side_by_side
"""

def inception_module(x, filters):
    conv = functools.partial(layers.Conv2D, filters, padding="same", activation="relu")
    a = x = conv(kernel_size=1, strides=2)(x)
    b = conv(kernel_size=3)(conv(kernel_size=1)(x))
    c = conv(kernel_size=3)(layers.AveragePooling2D(3, 1, "same")(b))
    d = conv(kernel_size=3)(conv(kernel_size=3)(conv(kernel_size=1)(c)))
    return layers.Concatenate()([a, b, c, d])
