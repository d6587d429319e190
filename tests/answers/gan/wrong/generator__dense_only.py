"""Dense layers, and no convolution.

question: generator
fails: test_grows_from_a_small_map
"""


def build_generator(latent_dim, image_shape):
    height, width, channels = image_shape
    points = keras.Input((latent_dim,))
    x = layers.Dense(64, activation="relu")(points)
    x = layers.Dense(height * width * channels, activation="tanh")(x)
    return keras.Model(points, layers.Reshape(image_shape)(x))
