"""The first map comes from a transposed convolution of a single pixel.

question: generator
"""


def build_generator(latent_dim, image_shape):
    height, width, channels = image_shape
    return keras.Sequential(
        [
            keras.Input((latent_dim,)),
            layers.Reshape((1, 1, latent_dim)),
            layers.Conv2DTranspose(64, (height // 4, width // 4), activation="leaky_relu"),
            layers.Conv2DTranspose(32, 4, strides=2, padding="same", activation="leaky_relu"),
            layers.Conv2DTranspose(channels, 4, strides=2, padding="same", activation="tanh"),
        ]
    )
