"""A leaky ReLU after the last layer as well.

question: discriminator
fails: test_any_number
"""


def build_discriminator(image_shape):
    images = keras.Input(image_shape)
    x = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(images)
    x = layers.Conv2D(32, 3, strides=2, padding="same", activation="relu")(x)
    x = layers.Flatten()(x)
    return keras.Model(images, layers.LeakyReLU(0.2)(layers.Dense(1)(x)))
