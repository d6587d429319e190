"""Down to one number by a convolution as large as the map.

question: discriminator
"""


def build_discriminator(image_shape):
    height, width, _ = image_shape
    return keras.Sequential(
        [
            keras.Input(image_shape),
            layers.Conv2D(32, 3, strides=2, padding="same", activation="leaky_relu"),
            layers.Conv2D(64, 3, strides=2, padding="same", activation="leaky_relu"),
            layers.Conv2D(1, (height // 4, width // 4)),
            layers.Reshape((1,)),
        ]
    )
