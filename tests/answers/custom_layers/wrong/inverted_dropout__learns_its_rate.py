"""The rate is a trainable weight.

question: inverted_dropout
fails: test_in_a_model_in_graph_mode
"""

class InvertedDropout(layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self.rate = self.add_weight(shape=(), initializer=keras.initializers.Constant(rate))

    def call(self, inputs, training=False):
        if not training:
            return inputs
        kept = keras.random.uniform(ops.shape(inputs)) >= self.rate
        return ops.where(kept, inputs / (1 - self.rate), 0.0)
