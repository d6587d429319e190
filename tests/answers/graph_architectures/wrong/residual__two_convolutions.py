"""Two convolutions.

question: residual
fails: test_three_in_a_row
"""

def residual_block(x, filters, downsample):
    y = x
    for _ in range(2):
        y = layers.Conv2D(filters, 3, padding="same", activation="relu")(y)
    if downsample:
        y = layers.MaxPooling2D(2, padding="same")(y)
    if y.shape != x.shape:
        x = layers.Conv2D(filters, 1, strides=2 if downsample else 1)(x)
    return layers.Add()([x, y])
