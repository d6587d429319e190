"""A layer kept behind Keras' back, through `object.__setattr__`.

question: add_pair
fails: test_two_weights, test_adds_the_mapped_second_input, test_fit_in_graph_mode
"""

class AddPair(layers.Layer):
    def build(self, input_shape):
        object.__setattr__(self, "dense", layers.Dense(input_shape[0][-1]))

    def call(self, inputs):
        a, b = inputs
        return a + self.dense(b)
