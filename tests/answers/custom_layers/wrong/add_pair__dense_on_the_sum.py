"""Both inputs pass through a Dense.

question: add_pair
fails: test_two_weights, test_adds_the_mapped_second_input
"""

class AddPair(layers.Layer):
    def build(self, input_shape):
        width = input_shape[0][-1]
        self.first, self.second = layers.Dense(width), layers.Dense(width)

    def call(self, inputs):
        a, b = inputs
        return self.first(a) + self.second(b)
