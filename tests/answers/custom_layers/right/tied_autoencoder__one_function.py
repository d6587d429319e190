"""Everything in `call`; encode and decode share a helper.

question: tied_autoencoder
"""

class TiedAutoencoder(keras.Model):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.sigmoid = layers.Activation("sigmoid")

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), initializer="random_normal")
        self.hidden_bias = self.add_weight(shape=(self.units,), initializer="zeros")
        self.visible_bias = self.add_weight(shape=(input_shape[-1],), initializer="zeros")

    def affine(self, x, transpose):
        kernel = tf.transpose(self.kernel) if transpose else tf.convert_to_tensor(self.kernel)
        return tf.linalg.matmul(x, kernel) + (self.visible_bias if transpose else self.hidden_bias)

    def encode(self, inputs):
        return tf.nn.relu(self.affine(inputs, transpose=False))

    def decode(self, code):
        return self.sigmoid(self.affine(code, transpose=True))

    @tf.function
    def call(self, inputs):
        code = tf.nn.relu(self.affine(inputs, False))
        return self.sigmoid(self.affine(code, True))
