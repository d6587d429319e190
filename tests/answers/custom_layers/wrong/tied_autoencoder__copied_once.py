"""The decoder starts as a copy of the encoder's kernel.

question: tied_autoencoder
fails: test_one_kernel_two_biases, test_encodes_and_decodes, test_both_terms_of_the_gradient
"""

class TiedAutoencoder(keras.Model):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.encode = layers.Dense(units, activation="relu")

    def build(self, input_shape):
        self.encode.build(input_shape)
        self.decode = layers.Dense(input_shape[-1], activation="sigmoid")
        self.decode.build((None, self.encode.units))
        self.decode.kernel.assign(ops.transpose(self.encode.kernel))

    def call(self, inputs):
        return self.decode(self.encode(inputs))
