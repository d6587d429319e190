"""Dense layers, and no convolution.

question: discriminator
fails: test_convolutions_shrink_the_image
"""


def build_discriminator(image_shape):
    images = keras.Input(image_shape)
    x = layers.Flatten()(images)
    x = layers.Dense(64, activation="relu")(x)
    x = layers.Dense(32, activation="relu")(x)
    return keras.Model(images, layers.Dense(1)(x))
