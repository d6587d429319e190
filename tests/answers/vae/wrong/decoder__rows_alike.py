"""All rows of an image alike: spread from one row.

question: decoder
fails: test_channels_of_their_own
"""


def build_decoder(latent_dim, image_shape):
    height, width, channels = image_shape
    z = keras.Input((latent_dim,))
    row = layers.Dense(width * channels, activation="sigmoid")(layers.Dense(32, activation="relu")(z))
    return keras.Model(z, ops.repeat(layers.Reshape((1, width, channels))(row), height, axis=1))
