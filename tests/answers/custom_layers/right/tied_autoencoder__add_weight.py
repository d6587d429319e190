"""One kernel and two biases by add_weight, keras.ops.

question: tied_autoencoder
"""

class TiedAutoencoder(keras.Model):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="glorot_uniform")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros")
        self.c = self.add_weight(shape=(input_shape[-1],), initializer="zeros")

    def encode(self, inputs):
        return ops.maximum(inputs @ self.w + self.b, 0)

    def decode(self, code):
        return 1 / (1 + ops.exp(-(code @ ops.transpose(self.w) + self.c)))

    def call(self, inputs):
        return self.decode(self.encode(inputs))
