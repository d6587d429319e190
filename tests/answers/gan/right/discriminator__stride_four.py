"""One stride of 4, then a convolution that keeps the size.

question: discriminator
"""


def build_discriminator(image_shape):
    images = keras.Input(image_shape)
    x = layers.Conv2D(16, 5, strides=4, padding="same", activation="relu")(images)
    x = layers.Conv2D(32, 3, strides=1, padding="same", activation="relu")(x)
    x = layers.Flatten()(x)
    return keras.Model(images, layers.Dense(1)(x))
