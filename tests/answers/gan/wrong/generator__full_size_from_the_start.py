"""A dense layer makes a map of the image's own size.

question: generator
fails: test_grows_from_a_small_map
"""


def build_generator(latent_dim, image_shape):
    height, width, channels = image_shape
    points = keras.Input((latent_dim,))
    x = layers.Dense(height * width * 32, activation="relu")(points)
    x = layers.Reshape((height, width, 32))(x)
    x = layers.Conv2DTranspose(32, 3, padding="same", activation="relu")(x)
    x = layers.Conv2DTranspose(16, 3, padding="same", activation="relu")(x)
    x = layers.Conv2D(channels, 3, padding="same", activation="tanh")(x)
    return keras.Model(points, x)
