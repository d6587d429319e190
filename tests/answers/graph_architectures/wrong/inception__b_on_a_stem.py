"""Branches B and D share their first 1×1 convolution.

question: inception
fails: test_side_by_side
"""

def inception_module(x, filters):
    conv = functools.partial(layers.Conv2D, filters, padding="same", activation="relu")
    stem = conv(kernel_size=1)(x)
    a = conv(kernel_size=1, strides=2)(x)
    b = conv(kernel_size=3, strides=2)(stem)
    c = conv(kernel_size=3)(layers.AveragePooling2D(3, 2, "same")(x))
    d = conv(kernel_size=3, strides=2)(conv(kernel_size=3)(stem))
    return layers.Concatenate()([a, b, c, d])
