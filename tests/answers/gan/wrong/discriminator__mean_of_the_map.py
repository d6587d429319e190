"""The mean of the last map's values, which one sigmoid has squashed.

question: discriminator
fails: test_any_number
"""


def build_discriminator(image_shape):
    images = keras.Input(image_shape)
    x = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(images)
    x = layers.Conv2D(1, 3, strides=2, padding="same", activation="sigmoid")(x)
    return keras.Model(images, layers.GlobalAveragePooling2D()(x))
