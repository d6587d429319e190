"""The third convolution has no ReLU, and none follows the sum.

question: residual
fails: test_relu_before_the_sum, test_sum_with_the_identity, test_sum_with_a_projection
"""

def residual_block(x, filters, downsample):
    y = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    y = layers.Conv2D(filters, 3, padding="same", activation="relu")(y)
    y = layers.Conv2D(filters, 3, padding="same")(y)
    if downsample:
        y = layers.MaxPooling2D(2, padding="same")(y)
    if y.shape != x.shape:
        x = layers.Conv2D(filters, 1, strides=2 if downsample else 1)(x)
    return layers.Add()([x, y])
