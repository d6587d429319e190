"""The output's bias is made and never used.

question: tied_autoencoder
fails: test_encodes_and_decodes, test_both_terms_of_the_gradient
"""

class TiedAutoencoder(keras.Model):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), initializer="glorot_uniform")
        self.code_bias = self.add_weight(shape=(self.units,), initializer="zeros")
        self.output_bias = self.add_weight(shape=(input_shape[-1],), initializer="zeros")

    def encode(self, inputs):
        return ops.relu(ops.matmul(inputs, self.kernel) + self.code_bias)

    def decode(self, code):
        return ops.sigmoid(ops.matmul(code, ops.transpose(self.kernel)))

    def call(self, inputs):
        return self.decode(self.encode(inputs))
