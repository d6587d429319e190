"""The mask is the floor of keep + uniform.

question: inverted_dropout
"""

class InvertedDropout(layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate

    def call(self, inputs, training=False):
        def drop():
            mask = tf.floor((1 - self.rate) + tf.random.uniform(tf.shape(inputs), dtype=inputs.dtype))
            return tf.math.divide(inputs, 1 - self.rate) * mask

        return drop() if training else inputs
