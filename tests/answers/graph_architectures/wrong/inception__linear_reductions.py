"""The 1×1 convolutions at the beginning have no ReLU.

question: inception
fails: test_branch_b, test_branch_d
"""

def inception_module(x, filters):
    conv = functools.partial(layers.Conv2D, filters, padding="same", activation="relu")
    a = conv(kernel_size=1, strides=2)(x)
    b = conv(kernel_size=3, strides=2)(layers.Conv2D(filters, 1)(x))
    c = conv(kernel_size=3)(layers.AveragePooling2D(3, 2, "same")(x))
    d = conv(kernel_size=3, strides=2)(conv(kernel_size=3)(layers.Conv2D(filters, 1)(x)))
    return layers.Concatenate()([a, b, c, d])
