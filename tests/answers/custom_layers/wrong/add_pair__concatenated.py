"""A Dense on the concatenation of both.

question: add_pair
fails: test_two_weights, test_adds_the_mapped_second_input
"""

class AddPair(layers.Layer):
    def build(self, input_shape):
        self.dense = layers.Dense(input_shape[0][-1])

    def call(self, inputs):
        return self.dense(ops.concatenate(inputs, axis=-1))
