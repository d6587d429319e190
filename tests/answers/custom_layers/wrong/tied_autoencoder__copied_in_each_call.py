"""The decoder's variable is overwritten by the encoder's kernel in each call: one term of the gradient is lost.

question: tied_autoencoder
fails: test_one_kernel_two_biases, test_both_terms_of_the_gradient
"""

class TiedAutoencoder(keras.Model):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.encoder = layers.Dense(units, activation="relu")

    def build(self, input_shape):
        self.encoder.build(input_shape)
        self.decoder = layers.Dense(input_shape[-1], activation="sigmoid")
        self.decoder.build((None, self.encoder.units))

    def encode(self, inputs):
        return self.encoder(inputs)

    def decode(self, code):
        self.decoder.kernel.assign(ops.transpose(self.encoder.kernel))
        return self.decoder(code)

    def call(self, inputs):
        return self.decode(self.encode(inputs))
