"""Three convolutions, a mean over the map, and a hidden layer.

question: discriminator
"""


def conv(filters, strides):
    return layers.Conv2D(filters, 3, strides=strides, padding="same", activation=tf.nn.leaky_relu)


def build_discriminator(image_shape):
    images = keras.Input(image_shape)
    x = conv(64, 1)(conv(32, 2)(conv(16, 2)(images)))
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dense(16, activation="elu")(x)
    return keras.Model(images, layers.Dense(1)(x))
