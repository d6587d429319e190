"""Refuses a rate of 0, which drops nothing and is allowed.

question: inverted_dropout
fails: test_share_of_zeros
"""

class InvertedDropout(layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        if not 0 < rate < 1:
            raise ValueError("rate must lie between 0 and 1")
        self.rate = rate

    def call(self, inputs, training=False):
        if not training:
            return inputs
        kept = keras.random.uniform(ops.shape(inputs)) >= self.rate
        return ops.where(kept, inputs / (1 - self.rate), 0.0)
