"""`training` is not an argument of `call`, so the layer is never told.

question: inverted_dropout
fails: test_kept_inputs_are_scaled, test_share_of_zeros
"""

class InvertedDropout(layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate
        self.training = False

    def call(self, inputs):
        if not self.training:
            return inputs
        kept = keras.random.uniform(ops.shape(inputs)) >= self.rate
        return ops.where(kept, inputs / (1 - self.rate), 0.0)
