"""The position's row is looked up by the token.

question: positional_embedding
fails: test_token_plus_position, test_same_token_elsewhere
"""

class PositionalEmbedding(layers.Layer):
    def __init__(self, sequence_length, vocab_size, embed_dim, **kwargs):
        super().__init__(**kwargs)
        self.sequence_length = sequence_length
        self.token_embeddings = layers.Embedding(vocab_size, embed_dim)
        self.position_embeddings = layers.Embedding(sequence_length, embed_dim)

    def call(self, tokens):
        return self.token_embeddings(tokens) + self.position_embeddings(tokens % self.sequence_length)

    def compute_mask(self, tokens, mask=None):
        return ops.not_equal(tokens, 0)
