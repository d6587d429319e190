"""Returns its inputs, always.

question: inverted_dropout
fails: test_kept_inputs_are_scaled, test_share_of_zeros, test_independent_masks, test_in_a_model_in_graph_mode
"""

class InvertedDropout(layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate

    def call(self, inputs, training=False):
        return inputs
