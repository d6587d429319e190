"""One draw for each position: all channels are dropped together.

question: inverted_dropout
fails: test_independent_masks
"""

class InvertedDropout(layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate

    def call(self, inputs, training=False):
        if not training:
            return inputs
        kept = keras.random.uniform((*ops.shape(inputs)[:-1], 1)) >= self.rate
        return ops.where(kept, inputs / (1 - self.rate), 0.0)
