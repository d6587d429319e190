"""The position table is as long as the first sequence it sees.

question: positional_embedding
fails: test_two_tables
"""

class PositionalEmbedding(layers.Layer):
    def __init__(self, sequence_length, vocab_size, embed_dim, **kwargs):
        super().__init__(**kwargs)
        self.embed_dim = embed_dim
        self.token_embeddings = layers.Embedding(vocab_size, embed_dim)

    def build(self, input_shape):
        self.positions = self.add_weight(shape=(input_shape[-1], self.embed_dim))

    def call(self, tokens):
        return self.token_embeddings(tokens) + self.positions

    def compute_mask(self, tokens, mask=None):
        return ops.not_equal(tokens, 0)
