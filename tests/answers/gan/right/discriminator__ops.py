"""Flattened by ops, activations by ops.

question: discriminator
"""


def build_discriminator(image_shape):
    images = keras.Input(image_shape)
    x = ops.leaky_relu(layers.Conv2D(32, 3, strides=2, padding="same")(images), 0.2)
    x = ops.leaky_relu(layers.Conv2D(64, 3, strides=2, padding="same")(x), 0.2)
    return keras.Model(images, layers.Dense(1)(ops.reshape(x, (-1, x.shape[1] * x.shape[2] * x.shape[3]))))
