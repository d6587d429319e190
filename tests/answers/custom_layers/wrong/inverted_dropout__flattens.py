"""Gives the elements back in one long row.

question: inverted_dropout
fails: test_kept_inputs_are_scaled, test_independent_masks, test_in_a_model_in_graph_mode
"""

class InvertedDropout(layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate

    def call(self, inputs, training=False):
        if not training:
            return inputs
        kept = keras.random.uniform(ops.shape(inputs)) >= self.rate
        return ops.reshape(ops.where(kept, inputs / (1 - self.rate), 0.0), (-1,))
