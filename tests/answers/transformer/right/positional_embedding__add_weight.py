"""Two weights of its own, one gathered from, one cut off.

question: positional_embedding
"""

class PositionalEmbedding(layers.Layer):
    def __init__(self, sequence_length, vocab_size, embed_dim, **kwargs):
        super().__init__(**kwargs)
        self.tokens = self.add_weight(shape=(vocab_size, embed_dim), initializer="random_normal", name="tokens")
        self.positions = self.add_weight(shape=(sequence_length, embed_dim), initializer="random_normal", name="positions")

    def call(self, tokens):
        return ops.take(self.tokens, tokens, axis=0) + self.positions[: ops.shape(tokens)[1]]

    def compute_mask(self, tokens, mask=None):
        return tokens != 0
