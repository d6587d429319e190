"""One convolution, called three times, where the channels agree.

question: residual
fails: test_sum_with_the_identity
"""

def residual_block(x, filters, downsample):
    first = layers.Conv2D(filters, 3, padding="same", activation="relu")
    other = first if x.shape[-1] == filters else layers.Conv2D(filters, 3, padding="same", activation="relu")
    y = other(other(first(x)))
    if downsample:
        y = layers.MaxPooling2D(2, padding="same")(y)
    if y.shape != x.shape:
        x = layers.Conv2D(filters, 1, strides=2 if downsample else 1)(x)
    return layers.Add()([x, y])
