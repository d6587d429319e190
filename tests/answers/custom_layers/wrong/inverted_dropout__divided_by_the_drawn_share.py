"""Divides by the share that was kept in this call instead of by 1 − rate.

question: inverted_dropout
fails: test_kept_inputs_are_scaled
"""

class InvertedDropout(layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate

    def call(self, inputs, training=False):
        if not training:
            return inputs
        kept = keras.random.uniform(ops.shape(inputs)) >= self.rate
        return ops.where(kept, inputs, 0.0) / ops.mean(ops.cast(kept, "float32"))
