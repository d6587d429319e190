"""Drops exactly a share of `rate` of each call, not each element by chance.

question: inverted_dropout
fails: test_independent_masks
"""

class InvertedDropout(layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate

    def call(self, inputs, training=False):
        if not training:
            return inputs
        size = tf.size(inputs)
        dropped = tf.cast(tf.math.rint(self.rate * tf.cast(size, tf.float32)), tf.int32)
        kept = tf.reshape(tf.random.shuffle(tf.range(size)) >= dropped, tf.shape(inputs))
        return tf.where(kept, inputs / (1 - self.rate), 0.0)
