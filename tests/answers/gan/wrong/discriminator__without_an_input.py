"""A Sequential that does not know its input's shape.

question: discriminator
fails: test_shapes
"""


def build_discriminator(image_shape):
    return keras.Sequential(
        [
            layers.Conv2D(16, 3, strides=2, padding="same", activation="relu"),
            layers.Conv2D(32, 3, strides=2, padding="same", activation="relu"),
            layers.Flatten(),
            layers.Dense(1),
        ]
    )
