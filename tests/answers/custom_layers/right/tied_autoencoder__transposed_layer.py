"""A layer that holds the encoder and uses its kernel.

question: tied_autoencoder
"""

class DenseTranspose(layers.Layer):
    def __init__(self, dense, **kwargs):
        super().__init__(**kwargs)
        self.dense = dense

    def build(self, input_shape):
        self.bias = self.add_weight(shape=(self.dense.kernel.shape[0],), initializer="zeros")

    def call(self, inputs):
        return keras.activations.sigmoid(ops.einsum("bu,du->bd", inputs, self.dense.kernel) + self.bias)


class TiedAutoencoder(keras.Model):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.encode = layers.Dense(units, activation="relu")
        self.decode = DenseTranspose(self.encode)

    def call(self, inputs):
        return self.decode(self.encode(inputs))
