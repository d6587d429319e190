"""The projection is a 3×3 convolution.

question: residual
fails: test_projection_of_channels, test_projection_with_stride
"""

def residual_block(x, filters, downsample):
    y = x
    for _ in range(3):
        y = layers.Conv2D(filters, 3, padding="same", activation="relu")(y)
    if downsample:
        y = layers.MaxPooling2D(2, padding="same")(y)
    if y.shape != x.shape:
        x = layers.Conv2D(filters, 3, padding="same", strides=2 if downsample else 1)(x)
    return layers.Add()([x, y])
