"""The shortcut leaves after the first convolution.

question: residual
fails: test_identity_where_shapes_agree, test_sum_with_the_identity
"""

def residual_block(x, filters, downsample):
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    y = x
    for _ in range(2):
        y = layers.Conv2D(filters, 3, padding="same", activation="relu")(y)
    if downsample:
        y = layers.MaxPooling2D(2, padding="same")(y)
    if y.shape != x.shape:
        x = layers.Conv2D(filters, 1, strides=2 if downsample else 1)(x)
    return layers.Add()([x, y])
