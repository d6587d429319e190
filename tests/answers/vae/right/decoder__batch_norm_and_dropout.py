"""Batch normalization and dropout between; ops.sigmoid on the last tensor.

question: decoder
"""


def build_decoder(latent_dim, image_shape):
    height, width, channels = image_shape
    inputs = keras.Input((latent_dim,))
    x = layers.Dense(height // 2 * width // 2 * 6, use_bias=False)(inputs)
    x = layers.BatchNormalization()(x)
    x = ops.relu(x)
    x = layers.Dropout(0.2)(x)
    x = layers.Reshape((height // 2, width // 2, 6))(x)
    x = layers.Conv2DTranspose(channels, 3, strides=2, padding="same")(x)
    return keras.Model(inputs, ops.sigmoid(x))
