"""Multiplies by a mask drawn by TensorFlow.

question: inverted_dropout
"""

class InvertedDropout(layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate

    def call(self, inputs, training=False):
        if not training:
            return inputs
        mask = tf.cast(tf.random.uniform(tf.shape(inputs)) >= self.rate, inputs.dtype)
        return inputs * mask / (1 - self.rate)
