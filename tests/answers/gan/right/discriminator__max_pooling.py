"""Convolutions that keep the size, each followed by the maximum of two by two pixels.

question: discriminator
"""


def build_discriminator(image_shape):
    images = keras.Input(image_shape)
    x = layers.Conv2D(16, 3, padding="same", activation="relu")(images)
    x = layers.MaxPooling2D(2)(x)
    x = layers.Conv2D(32, 3, padding="same", activation="relu")(x)
    x = layers.MaxPooling2D(2)(x)
    return keras.Model(images, layers.Dense(1)(layers.Flatten()(x)))
