"""The shortcut is pooled too, and then projected with stride 1.

question: residual
fails: test_projection_with_stride, test_sum_with_a_projection
"""

def residual_block(x, filters, downsample):
    y = x
    for _ in range(3):
        y = layers.Conv2D(filters, 3, padding="same", activation="relu")(y)
    projected = layers.Conv2D(filters, 1)(x) if downsample or x.shape[-1] != filters else x
    if downsample:
        y = layers.MaxPooling2D(2, padding="same")(y)
        projected = layers.MaxPooling2D(2, padding="same")(projected)
    return layers.Add()([projected, y])
