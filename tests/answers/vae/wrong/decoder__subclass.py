"""A subclassed model: right numbers, but not functional.

question: decoder
fails: test_shapes
"""


class Decoder(keras.Model):
    def __init__(self, image_shape):
        super().__init__()
        self.hidden, self.pixels = layers.Dense(32, activation="relu"), layers.Dense(int(np.prod(image_shape)), activation="sigmoid")
        self.to_image = layers.Reshape(image_shape)

    def call(self, z):
        return self.to_image(self.pixels(self.hidden(z)))


def build_decoder(latent_dim, image_shape):
    return Decoder(image_shape)
