"""A single transposed convolution.

question: generator
fails: test_grows_from_a_small_map
"""


def build_generator(latent_dim, image_shape):
    height, width, channels = image_shape
    points = keras.Input((latent_dim,))
    x = layers.Dense(height // 4 * (width // 4) * 32, activation="relu")(points)
    x = layers.Reshape((height // 4, width // 4, 32))(x)
    return keras.Model(points, layers.Conv2DTranspose(channels, 8, strides=4, padding="same", activation="tanh")(x))
