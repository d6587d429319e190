"""Batch normalisation between convolution and activation.

question: discriminator
"""


def build_discriminator(image_shape):
    inputs = keras.layers.Input(shape=image_shape)
    x = inputs
    for filters in (16, 32):
        x = layers.Conv2D(filters, 4, strides=(2, 2), padding="same", use_bias=False)(x)
        x = layers.BatchNormalization()(x)
        x = layers.LeakyReLU(0.2)(x)
    x = layers.Flatten()(x)
    return keras.Model(inputs=inputs, outputs=layers.Dense(units=1, activation="linear")(x))
