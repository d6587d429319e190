"""One mask, drawn in `build` and kept.

question: inverted_dropout
fails: test_independent_masks
"""

class InvertedDropout(layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate

    def build(self, input_shape):
        self.kept = np.random.default_rng(0).uniform(size=input_shape[1:]) >= self.rate

    def call(self, inputs, training=False):
        if not training:
            return inputs
        return ops.where(self.kept, inputs / (1 - self.rate), 0.0)
