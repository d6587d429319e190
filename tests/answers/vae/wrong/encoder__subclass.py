"""A subclassed model: right numbers, but not functional.

question: encoder
fails: test_shapes
"""


class Encoder(keras.Model):
    def __init__(self, latent_dim):
        super().__init__()
        self.trunk = keras.Sequential([layers.Conv2D(16, 3, strides=2, padding="same", activation="relu"), layers.Flatten()])
        self.mean_head, self.log_var_head, self.sampling = layers.Dense(latent_dim), layers.Dense(latent_dim), Sampling()

    def call(self, images):
        x = self.trunk(images)
        z_mean, z_log_var = self.mean_head(x), self.log_var_head(x)
        return [z_mean, z_log_var, self.sampling((z_mean, z_log_var))]


def build_encoder(image_shape, latent_dim):
    return Encoder(latent_dim)
