"""One Dense for all AddPair layers.

question: add_pair
fails: test_same_weights_in_every_call
"""

_DENSE = layers.Dense(5)


class AddPair(layers.Layer):
    def build(self, input_shape):
        self.dense = _DENSE

    def call(self, inputs):
        a, b = inputs
        return a + self.dense(b)
