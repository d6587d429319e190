"""Takes height for width.

question: discriminator
fails: test_shapes
"""


def build_discriminator(image_shape):
    width, height, channels = image_shape
    images = keras.Input((height, width, channels))
    x = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(images)
    x = layers.Conv2D(32, 3, strides=2, padding="same", activation="relu")(x)
    x = layers.Flatten()(x)
    return keras.Model(images, layers.Dense(1)(x))
