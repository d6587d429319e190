"""Draws by a layer of its own instead of the notebook's Sampling.

question: encoder
"""


class DrawFromCloud(layers.Layer):
    def call(self, z_mean, z_log_var):
        return z_mean + ops.exp(z_log_var / 2) * keras.random.normal(ops.shape(z_mean))


def build_encoder(image_shape, latent_dim):
    inputs = keras.Input(shape=image_shape)
    x = layers.Conv2D(8, 3, activation="relu", strides=2, padding="same")(inputs)
    x = layers.Flatten()(x)
    z_mean = layers.Dense(latent_dim)(x)
    z_log_var = layers.Dense(latent_dim)(x)
    return keras.Model(inputs, [z_mean, z_log_var, DrawFromCloud()(z_mean, z_log_var)])
