"""A normalization stands behind the sum.

question: positional_embedding
fails: test_two_tables, test_token_plus_position
"""

class PositionalEmbedding(layers.Layer):
    def __init__(self, sequence_length, vocab_size, embed_dim, **kwargs):
        super().__init__(**kwargs)
        self.token_embeddings = layers.Embedding(vocab_size, embed_dim)
        self.position_embeddings = layers.Embedding(sequence_length, embed_dim)
        self.norm = layers.LayerNormalization()

    def call(self, tokens):
        positions = ops.arange(ops.shape(tokens)[-1])
        return self.norm(self.token_embeddings(tokens) + self.position_embeddings(positions))

    def compute_mask(self, tokens, mask=None):
        return ops.not_equal(tokens, 0)
