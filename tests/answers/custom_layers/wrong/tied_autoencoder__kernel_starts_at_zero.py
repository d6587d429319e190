"""The kernel starts at zero, where both terms of its gradient vanish.

question: tied_autoencoder
fails: test_weights_at_the_start, test_rebuilds_held_out_digits
"""

class TiedAutoencoder(keras.Model):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), initializer="zeros")
        self.code_bias = self.add_weight(shape=(self.units,), initializer="zeros")
        self.output_bias = self.add_weight(shape=(input_shape[-1],), initializer="zeros")

    def encode(self, inputs):
        return ops.relu(ops.matmul(inputs, self.kernel) + self.code_bias)

    def decode(self, code):
        return ops.sigmoid(ops.matmul(code, ops.transpose(self.kernel)) + self.output_bias)

    def call(self, inputs):
        return self.decode(self.encode(inputs))
