"""Variables of Keras as attributes, and slices of them.

question: positional_embedding
"""

class PositionalEmbedding(layers.Layer):
    def __init__(self, sequence_length, vocab_size, embed_dim, **kwargs):
        super().__init__(**kwargs)
        self.vocabulary = keras.Variable(keras.random.normal((vocab_size, embed_dim), stddev=0.02))
        self.places = keras.Variable(keras.random.normal((sequence_length, embed_dim), stddev=0.02))

    def call(self, tokens):
        return tf.gather(self.vocabulary, tokens) + tf.gather(self.places, tf.range(tf.shape(tokens)[1]))[tf.newaxis]

    def compute_mask(self, tokens, mask=None):
        return ops.where(ops.equal(tokens, 0), False, True)
