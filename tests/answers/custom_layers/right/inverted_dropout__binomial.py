"""Bernoulli numbers from `keras.random.binomial`.

question: inverted_dropout
"""

class InvertedDropout(layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self.keep = 1.0 - rate

    def call(self, inputs, training=False):
        if training is None or training is False:
            return inputs
        kept = keras.random.binomial(ops.shape(inputs), counts=1, probabilities=self.keep)
        return inputs * ops.cast(kept, inputs.dtype) / self.keep
