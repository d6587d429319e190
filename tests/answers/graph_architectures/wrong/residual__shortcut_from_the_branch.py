"""The shortcut's name is given away: the result is added to itself.

question: residual
fails: test_identity_where_shapes_agree, test_sum_with_the_identity
"""

def residual_block(x, filters, downsample):
    before = x
    for _ in range(3):
        x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    if downsample:
        x = layers.MaxPooling2D(2, padding="same")(x)
    if before.shape != x.shape:
        shortcut = layers.Conv2D(filters, 1, strides=2 if downsample else 1)(before)
    else:
        shortcut = x
    return layers.Add()([x, shortcut])
