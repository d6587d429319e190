"""The two 3×3 convolutions of stride 1 are one and the same layer.

question: inception
fails: test_side_by_side
"""

def inception_module(x, filters):
    conv = functools.partial(layers.Conv2D, filters, padding="same", activation="relu")
    narrow, half = conv(kernel_size=1), conv(kernel_size=3, strides=2)
    a = conv(kernel_size=1, strides=2)(x)
    b = half(narrow(x))
    c = conv(kernel_size=3)(layers.AveragePooling2D(3, 2, "same")(x))
    d = half(conv(kernel_size=3)(narrow(x)))
    return layers.Concatenate()([a, b, c, d])
