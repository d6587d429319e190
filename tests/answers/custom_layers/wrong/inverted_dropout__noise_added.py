"""Adds noise instead of dropping.

question: inverted_dropout
fails: test_kept_inputs_are_scaled, test_share_of_zeros
"""

class InvertedDropout(layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate

    def call(self, inputs, training=False):
        if not training:
            return inputs
        return inputs + keras.random.normal(ops.shape(inputs), stddev=self.rate)
