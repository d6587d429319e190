"""Drops outside of training as well.

question: inverted_dropout
fails: test_off_outside_training, test_in_a_model_in_graph_mode
"""

class InvertedDropout(layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate

    def call(self, inputs, training=False):
        kept = keras.random.uniform(ops.shape(inputs)) >= self.rate
        return ops.where(kept, inputs / (1 - self.rate), 0.0)
