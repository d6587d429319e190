"""A convolution, then a mean over two by two pixels.

question: discriminator
"""


def build_discriminator(image_shape):
    images = keras.Input(image_shape)
    x = layers.Conv2D(32, 3, strides=2, padding="same", activation="gelu")(images)
    x = layers.Conv2D(64, 3, padding="same", activation="gelu")(x)
    x = layers.AveragePooling2D(2)(x)
    x = layers.Reshape((-1,))(x)
    return keras.Model(images, layers.Dense(1)(x))
