"""A new Dense in every call.

question: add_pair
fails: test_two_weights, test_same_weights_in_every_call, test_adds_the_mapped_second_input, test_fit_in_graph_mode
"""

class AddPair(layers.Layer):
    def call(self, inputs):
        a, b = inputs
        return a + layers.Dense(a.shape[-1])(b)
