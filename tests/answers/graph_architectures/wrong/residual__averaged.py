"""The two are averaged.

question: residual
fails: test_identity_where_shapes_agree, test_sum_with_the_identity, test_sum_with_a_projection
"""

def residual_block(x, filters, downsample):
    y = x
    for _ in range(3):
        y = layers.Conv2D(filters, 3, padding="same", activation="relu")(y)
    if downsample:
        y = layers.MaxPooling2D(2, padding="same")(y)
    if y.shape != x.shape:
        x = layers.Conv2D(filters, 1, strides=2 if downsample else 1)(x)
    return layers.Average()([x, y])
