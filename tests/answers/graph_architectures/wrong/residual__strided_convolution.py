"""A stride in the third convolution for the pooling.

question: residual
fails: test_sum_with_a_projection
"""

def residual_block(x, filters, downsample):
    y = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    y = layers.Conv2D(filters, 3, padding="same", activation="relu")(y)
    y = layers.Conv2D(filters, 3, strides=2 if downsample else 1, padding="same", activation="relu")(y)
    if y.shape != x.shape:
        x = layers.Conv2D(filters, 1, strides=2 if downsample else 1)(x)
    return layers.Add()([x, y])
