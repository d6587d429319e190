"""All right, but `compile` forces eager mode.

question: tied_autoencoder
fails: test_fit_in_graph_mode
"""

class TiedAutoencoder(keras.Model):
    def __init__(self, units):
        super().__init__()
        self.units = units

    def compile(self, *args, **kwargs):
        super().compile(*args, **{**kwargs, "run_eagerly": True})

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), initializer="glorot_uniform")
        self.code_bias = self.add_weight(shape=(self.units,), initializer="zeros")
        self.output_bias = self.add_weight(shape=(input_shape[-1],), initializer="zeros")

    def encode(self, inputs):
        return ops.relu(ops.matmul(inputs, self.kernel) + self.code_bias)

    def decode(self, code):
        return ops.sigmoid(ops.matmul(code, ops.transpose(self.kernel)) + self.output_bias)

    def call(self, inputs):
        return self.decode(self.encode(inputs))
