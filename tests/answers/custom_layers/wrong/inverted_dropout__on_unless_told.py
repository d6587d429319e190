"""On by default: only an explicit training=False switches it off.

question: inverted_dropout
fails: test_off_outside_training
"""

class InvertedDropout(layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate

    def call(self, inputs, training=True):
        if not training:
            return inputs
        kept = keras.random.uniform(ops.shape(inputs)) >= self.rate
        return ops.where(kept, inputs / (1 - self.rate), 0.0)
