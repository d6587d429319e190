"""Takes the width from axis 1: right for vectors, wrong for sequences.

question: add_pair
fails: test_adds_the_mapped_second_input
"""

class AddPair(layers.Layer):
    def build(self, input_shape):
        self.dense = layers.Dense(input_shape[0][1])

    def call(self, inputs):
        a, b = inputs
        return a + self.dense(b)
