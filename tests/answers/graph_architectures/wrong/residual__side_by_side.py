"""Three convolutions of x itself, added, where the shapes allow it.

question: residual
fails: test_three_in_a_row
"""

def residual_block(x, filters, downsample):
    first = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    second = layers.Conv2D(filters, 3, padding="same", activation="relu")(x if x.shape[-1] == filters else first)
    third = layers.Conv2D(filters, 3, padding="same", activation="relu")(x if x.shape[-1] == filters else second)
    y = layers.Add()([first, second, third]) if x.shape[-1] == filters else third
    if downsample:
        y = layers.MaxPooling2D(2, padding="same")(y)
    if y.shape != x.shape:
        x = layers.Conv2D(filters, 1, strides=2 if downsample else 1)(x)
    return layers.Add()([x, y])
