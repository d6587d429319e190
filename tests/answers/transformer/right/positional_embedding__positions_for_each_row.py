"""Positions counted by running sums, for each row of the batch.

question: positional_embedding
"""

class PositionalEmbedding(layers.Layer):
    def __init__(self, sequence_length, vocab_size, embed_dim, **kwargs):
        super().__init__(**kwargs)
        self.tables = [layers.Embedding(n, embed_dim, embeddings_initializer="normal") for n in (vocab_size, sequence_length)]

    def call(self, tokens, mask=None):
        positions = ops.cumsum(ops.ones_like(tokens), axis=1) - 1
        return self.tables[0](tokens) + self.tables[1](positions)

    def compute_mask(self, tokens, previous=None):
        return ops.logical_not(ops.equal(tokens, 0))
