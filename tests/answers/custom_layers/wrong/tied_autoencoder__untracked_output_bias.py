"""The output's bias is a plain `tf.Variable`.

question: tied_autoencoder
fails: test_one_kernel_two_biases
"""

class TiedAutoencoder(keras.Model):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.encoder = layers.Dense(units, activation="relu")

    def build(self, input_shape):
        self.encoder.build(input_shape)
        self.output_bias = tf.Variable(tf.zeros(input_shape[-1]))

    def encode(self, inputs):
        return self.encoder(inputs)

    def decode(self, code):
        return ops.sigmoid(ops.matmul(code, ops.transpose(self.encoder.kernel)) + self.output_bias)

    def call(self, inputs):
        return self.decode(self.encode(inputs))
