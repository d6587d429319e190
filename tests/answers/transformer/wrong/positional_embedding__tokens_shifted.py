"""Tokens are numbered from 1, so that padding has no row of its own.

question: positional_embedding
fails: test_token_plus_position
"""

class PositionalEmbedding(layers.Layer):
    def __init__(self, sequence_length, vocab_size, embed_dim, **kwargs):
        super().__init__(**kwargs)
        self.token_embeddings = layers.Embedding(vocab_size, embed_dim)
        self.position_embeddings = layers.Embedding(sequence_length, embed_dim)

    def call(self, tokens):
        rows = self.token_embeddings(ops.maximum(tokens - 1, 0))
        return rows + self.position_embeddings(ops.arange(ops.shape(tokens)[-1]))

    def compute_mask(self, tokens, mask=None):
        return ops.not_equal(tokens, 0)
