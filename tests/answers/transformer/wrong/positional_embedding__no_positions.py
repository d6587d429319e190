"""The token's row alone.

question: positional_embedding
fails: test_two_tables, test_token_plus_position
"""

class PositionalEmbedding(layers.Layer):
    def __init__(self, sequence_length, vocab_size, embed_dim, **kwargs):
        super().__init__(**kwargs)
        self.token_embeddings = layers.Embedding(vocab_size, embed_dim)

    def call(self, tokens):
        return self.token_embeddings(tokens)

    def compute_mask(self, tokens, mask=None):
        return ops.not_equal(tokens, 0)
