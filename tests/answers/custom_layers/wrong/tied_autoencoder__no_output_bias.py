"""The decoder has no bias.

question: tied_autoencoder
fails: test_one_kernel_two_biases
"""

class TiedAutoencoder(keras.Model):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.encoder = layers.Dense(units, activation="relu")

    def encode(self, inputs):
        return self.encoder(inputs)

    def decode(self, code):
        return ops.sigmoid(ops.matmul(code, ops.transpose(self.encoder.kernel)))

    def call(self, inputs):
        return self.decode(self.encode(inputs))
