"""The encoder is a Dense; the decoder multiplies by its kernel, transposed.

question: tied_autoencoder
"""

class TiedAutoencoder(keras.Model):
    def __init__(self, units):
        super().__init__()
        self.encoder = layers.Dense(units, activation="relu")

    def build(self, input_shape):
        self.encoder.build(input_shape)
        self.output_bias = self.add_weight(shape=(input_shape[-1],), initializer="zeros")
        self.built = True

    def encode(self, inputs):
        return self.encoder(inputs)

    def decode(self, code):
        return tf.sigmoid(tf.matmul(code, self.encoder.kernel, transpose_b=True) + self.output_bias)

    def call(self, inputs, training=False):
        return self.decode(self.encode(inputs))
