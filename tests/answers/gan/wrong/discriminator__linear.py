"""No activation anywhere.

question: discriminator
fails: test_not_linear
"""


def build_discriminator(image_shape):
    images = keras.Input(image_shape)
    x = layers.Conv2D(16, 3, strides=2, padding="same")(images)
    x = layers.Conv2D(32, 3, strides=2, padding="same")(x)
    x = layers.Flatten()(x)
    return keras.Model(images, layers.Dense(1)(x))
