"""Rows picked by products with one-hot vectors.

question: positional_embedding
"""

class PositionalEmbedding(layers.Layer):
    def __init__(self, sequence_length, vocab_size, embed_dim, **kwargs):
        super().__init__(**kwargs)
        self.sizes = sequence_length, vocab_size
        self.token_table = layers.Dense(embed_dim, use_bias=False)
        self.position_table = layers.Dense(embed_dim, use_bias=False)
        self.token_table.build((None, vocab_size))
        self.position_table.build((None, sequence_length))

    def call(self, tokens):
        sequence_length, vocab_size = self.sizes
        places = ops.eye(sequence_length)[: ops.shape(tokens)[1]]
        return ops.add(self.token_table(ops.one_hot(tokens, vocab_size)), self.position_table(places)[None])

    def compute_mask(self, tokens, mask=None):
        return ops.cast(tokens, "bool")
