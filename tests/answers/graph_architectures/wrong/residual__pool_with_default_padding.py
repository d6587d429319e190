"""The pooling rounds down, the projection up.

question: residual
fails: test_shapes
"""

def residual_block(x, filters, downsample):
    y = x
    for _ in range(3):
        y = layers.Conv2D(filters, 3, padding="same", activation="relu")(y)
    if downsample:
        y = layers.MaxPooling2D(2)(y)
    if y.shape != x.shape:
        x = layers.Conv2D(filters, 1, strides=2 if downsample else 1)(x)
    return layers.Add()([x, y])
