"""As in the first papers: multiplied by 1 − rate in use instead of divided in training.

question: inverted_dropout
fails: test_off_outside_training, test_kept_inputs_are_scaled
"""

class InvertedDropout(layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate

    def call(self, inputs, training=False):
        if not training:
            return inputs * (1 - self.rate)
        kept = keras.random.uniform(ops.shape(inputs)) >= self.rate
        return ops.where(kept, inputs, 0.0)
