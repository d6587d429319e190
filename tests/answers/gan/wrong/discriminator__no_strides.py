"""Convolutions that keep the image's size.

question: discriminator
fails: test_convolutions_shrink_the_image
"""


def build_discriminator(image_shape):
    images = keras.Input(image_shape)
    x = layers.Conv2D(16, 3, padding="same", activation="relu")(images)
    x = layers.Conv2D(32, 3, padding="same", activation="relu")(x)
    x = layers.Flatten()(x)
    return keras.Model(images, layers.Dense(1)(x))
