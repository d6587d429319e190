"""A layer whose output nobody uses: the log-variance skips what was made for it.

question: encoder
fails: test_all_weights_learn
"""


class Heads(layers.Layer):
    def __init__(self, latent_dim):
        super().__init__()
        self.hidden = layers.Dense(16, activation="relu")
        self.mean, self.log_var = layers.Dense(latent_dim), layers.Dense(latent_dim)

    def build(self, shape):
        self.hidden.build(shape)
        self.mean.build(shape)
        self.log_var.build(shape)

    def call(self, x):
        return self.mean(x), self.log_var(x)


def build_encoder(image_shape, latent_dim):
    images = keras.Input(image_shape)
    x = layers.Conv2D(16, 3, strides=2, padding="same", activation="relu")(images)
    z_mean, z_log_var = Heads(latent_dim)(layers.Flatten()(x))
    return keras.Model(images, [z_mean, z_log_var, Sampling()((z_mean, z_log_var))])
