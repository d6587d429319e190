"""A dense layer whose output is overwritten.

question: discriminator
fails: test_every_pixel_counts
"""


def build_discriminator(image_shape):
    images = keras.Input(image_shape)
    x = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(images)
    x = layers.Conv2D(32, 3, strides=2, padding="same", activation="relu")(x)
    flat = layers.Flatten()(x)
    hidden = layers.Dense(8, activation="relu")(flat)
    x = layers.Concatenate()([flat, 0 * hidden])
    return keras.Model(images, layers.Dense(1)(x))
