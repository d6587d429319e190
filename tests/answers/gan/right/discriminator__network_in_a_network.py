"""The convolutions are a network of their own, and the last layer has no bias.

question: discriminator
"""


def build_discriminator(image_shape):
    images = keras.Input(image_shape)
    features = keras.Sequential(
        [
            keras.Input(image_shape),
            layers.Conv2D(32, 3, strides=2, padding="same", activation="leaky_relu"),
            layers.Conv2D(64, 3, strides=2, padding="same", activation="leaky_relu"),
            layers.Flatten(),
            layers.Dropout(0.3),
        ]
    )
    return keras.Model(images, layers.Dense(1, use_bias=False)(features(images)))
