"""By einsum both ways, the kernel kept as (units, d).

question: tied_autoencoder
"""

class TiedAutoencoder(keras.Model):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        d = input_shape[-1]
        self.kernel = self.add_weight(shape=(self.units, d), initializer="glorot_normal")
        self.biases = [self.add_weight(shape=(n,), initializer="zeros") for n in (self.units, d)]

    def encode(self, x):
        return ops.relu(ops.einsum("bd,ud->bu", x, self.kernel) + self.biases[0])

    def decode(self, code):
        return ops.sigmoid(ops.einsum("bu,ud->bd", code, self.kernel) + self.biases[1])

    def call(self, x):
        return self.decode(self.encode(x))
