"""A random start for the output's bias.

question: tied_autoencoder
fails: test_weights_at_the_start
"""

class TiedAutoencoder(keras.Model):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units))
        self.code_bias = self.add_weight(shape=(self.units,), initializer="zeros")
        self.output_bias = self.add_weight(shape=(input_shape[-1],), initializer="random_normal")

    def encode(self, inputs):
        return ops.relu(ops.matmul(inputs, self.kernel) + self.code_bias)

    def decode(self, code):
        return ops.sigmoid(ops.matmul(code, ops.transpose(self.kernel)) + self.output_bias)

    def call(self, inputs):
        return self.decode(self.encode(inputs))
