"""Draws by itself, with the variance as the spread.

question: encoder
fails: test_z_is_drawn_from_the_heads
"""


class Draw(layers.Layer):
    def call(self, z_mean, z_log_var):
        return z_mean + ops.exp(z_log_var) * keras.random.normal(ops.shape(z_mean))


def build_encoder(image_shape, latent_dim):
    images = keras.Input(image_shape)
    x = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(images)
    x = layers.Flatten()(x)
    z_mean, z_log_var = layers.Dense(latent_dim)(x), layers.Dense(latent_dim)(x)
    return keras.Model(images, [z_mean, z_log_var, Draw()(z_mean, z_log_var)])
