"""Asks whether all axes agree.

question: residual
"""

def residual_block(x, filters, downsample):
    conv = lambda t: layers.Conv2D(filters, 3, padding="same", activation="relu")(t)
    f = conv(conv(conv(x)))
    f = layers.MaxPooling2D(padding="same")(f) if downsample else f
    if tuple(f.shape[1:]) == tuple(x.shape[1:]):
        return layers.Add()([x, f])
    stride = 1 + int(downsample)
    return layers.Add()([layers.Conv2D(filters, 1, strides=(stride, stride))(x), f])
