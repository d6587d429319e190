"""Takes the dropped elements out instead of setting them to zero.

question: inverted_dropout
fails: test_kept_inputs_are_scaled, test_share_of_zeros
"""

class InvertedDropout(layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate

    def call(self, inputs, training=False):
        if not training:
            return inputs
        kept = keras.random.uniform(ops.shape(inputs)) >= self.rate
        return tf.boolean_mask(inputs, kept) / (1 - self.rate)
