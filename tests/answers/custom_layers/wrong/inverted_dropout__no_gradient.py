"""Works on the inputs' NumPy values in eager mode, so no gradient passes.

question: inverted_dropout
fails: test_gradient_passes_what_was_kept
"""

class InvertedDropout(layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate

    def call(self, inputs, training=False):
        if not training:
            return inputs
        kept = keras.random.uniform(ops.shape(inputs)) >= self.rate
        return ops.where(kept, ops.stop_gradient(inputs) / (1 - self.rate), 0.0)
