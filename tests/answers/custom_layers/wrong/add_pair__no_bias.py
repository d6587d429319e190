"""The Dense has no bias.

question: add_pair
fails: test_two_weights
"""

class AddPair(layers.Layer):
    def build(self, input_shape):
        self.dense = layers.Dense(input_shape[0][-1], use_bias=False)

    def call(self, inputs):
        a, b = inputs
        return a + self.dense(b)
