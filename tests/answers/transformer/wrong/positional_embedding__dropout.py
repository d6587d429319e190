"""Dropout behind the sum.

question: positional_embedding
fails: test_same_in_training
"""

class PositionalEmbedding(layers.Layer):
    def __init__(self, sequence_length, vocab_size, embed_dim, **kwargs):
        super().__init__(**kwargs)
        self.token_embeddings = layers.Embedding(vocab_size, embed_dim)
        self.position_embeddings = layers.Embedding(sequence_length, embed_dim)
        self.dropout = layers.Dropout(0.3)

    def call(self, tokens, training=False):
        positions = ops.arange(ops.shape(tokens)[-1])
        return self.dropout(self.token_embeddings(tokens) + self.position_embeddings(positions), training=training)

    def compute_mask(self, tokens, mask=None):
        return ops.not_equal(tokens, 0)
