"""With equal channels and half the size, the shortcut is x pooled, without weights.

question: residual
fails: test_projection_with_stride
"""

def residual_block(x, filters, downsample):
    y = x
    for _ in range(3):
        y = layers.Conv2D(filters, 3, padding="same", activation="relu")(y)
    if downsample:
        y = layers.MaxPooling2D(2, padding="same")(y)
    if x.shape[-1] != filters:
        x = layers.Conv2D(filters, 1, strides=2 if downsample else 1)(x)
    elif downsample:
        x = layers.MaxPooling2D(2, padding="same")(x)
    return layers.Add()([x, y])
