"""An ordinary autoencoder: the decoder has a kernel of its own.

question: tied_autoencoder
fails: test_one_kernel_two_biases, test_encodes_and_decodes
"""

class TiedAutoencoder(keras.Model):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.encode = layers.Dense(units, activation="relu")

    def build(self, input_shape):
        self.decode = layers.Dense(input_shape[-1], activation="sigmoid")

    def call(self, inputs):
        return self.decode(self.encode(inputs))
