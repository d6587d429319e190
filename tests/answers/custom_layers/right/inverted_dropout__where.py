"""Selects by `where`, from uniform numbers.

question: inverted_dropout
"""

class InvertedDropout(layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate

    def call(self, inputs, training=None):
        if training:
            drop = keras.random.uniform(ops.shape(inputs)) < self.rate
            return ops.where(drop, ops.zeros_like(inputs), inputs) / (1.0 - self.rate)
        return inputs
