"""The tables are made anew in each call.

question: positional_embedding
fails: test_two_tables
"""

class PositionalEmbedding(layers.Layer):
    def __init__(self, sequence_length, vocab_size, embed_dim, **kwargs):
        super().__init__(**kwargs)
        self.sizes = sequence_length, vocab_size, embed_dim

    def call(self, tokens):
        sequence_length, vocab_size, embed_dim = self.sizes
        positions = ops.arange(ops.shape(tokens)[-1])
        return layers.Embedding(vocab_size, embed_dim)(tokens) + layers.Embedding(sequence_length, embed_dim)(positions)

    def compute_mask(self, tokens, mask=None):
        return ops.not_equal(tokens, 0)
