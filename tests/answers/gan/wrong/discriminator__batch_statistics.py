"""Compares each image with the mean of its batch.

question: discriminator
fails: test_images_on_their_own
"""


def build_discriminator(image_shape):
    images = keras.Input(image_shape)
    x = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(images)
    x = layers.Conv2D(32, 3, strides=2, padding="same", activation="relu")(x)
    x = layers.Flatten()(x)
    x = x - ops.mean(x, axis=0, keepdims=True)
    return keras.Model(images, layers.Dense(1)(x))
