"""The Dense is not trainable.

question: add_pair
fails: test_two_weights, test_fit_in_graph_mode
"""

class AddPair(layers.Layer):
    def build(self, input_shape):
        self.dense = layers.Dense(input_shape[0][-1], trainable=False)

    def call(self, inputs):
        a, b = inputs
        return a + self.dense(b)
