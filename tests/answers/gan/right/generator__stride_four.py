"""One stride of 4, then a convolution.

question: generator
"""


def build_generator(latent_dim, image_shape):
    height, width, channels = image_shape
    z = layers.Input((latent_dim,))
    x = layers.Dense(64, activation="silu")(z)
    x = layers.Dense((height * width // 16) * 24, activation="silu")(x)
    x = layers.Reshape((height // 4, width // 4, -1))(x)
    x = layers.Conv2DTranspose(24, 8, strides=4, padding="same", activation="silu")(x)
    return keras.Model(inputs=z, outputs=layers.Conv2D(channels, 3, padding="same", activation=tf.math.tanh)(x))
