"""Kernels of 1 by 1 with strides of 2 skip three pixels of four.

question: discriminator
fails: test_every_pixel_counts
"""


def build_discriminator(image_shape):
    images = keras.Input(image_shape)
    x = layers.Conv2D(16, 1, strides=2, padding="same", activation="relu")(images)
    x = layers.Conv2D(32, 3, strides=2, padding="same", activation="relu")(x)
    x = layers.Flatten()(x)
    return keras.Model(images, layers.Dense(1)(x))
