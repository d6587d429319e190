"""A single convolution.

question: discriminator
fails: test_convolutions_shrink_the_image
"""


def build_discriminator(image_shape):
    images = keras.Input(image_shape)
    x = layers.Conv2D(32, 5, strides=4, padding="same", activation="relu")(images)
    return keras.Model(images, layers.Dense(1)(layers.Flatten()(x)))
