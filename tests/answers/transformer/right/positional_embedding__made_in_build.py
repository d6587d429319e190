"""The tables are made in `build`, and the config is kept.

question: positional_embedding
"""

class PositionalEmbedding(layers.Layer):
    def __init__(self, sequence_length, vocab_size, embed_dim, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self.sequence_length, self.vocab_size, self.embed_dim = sequence_length, vocab_size, embed_dim

    def build(self, input_shape):
        self.token_embeddings = layers.Embedding(self.vocab_size, self.embed_dim, embeddings_initializer="glorot_uniform")
        self.position_embeddings = layers.Embedding(self.sequence_length, self.embed_dim)
        self.token_embeddings.build(input_shape)
        self.position_embeddings.build((None,))
        super().build(input_shape)

    def call(self, tokens):
        everywhere = self.position_embeddings(ops.arange(self.sequence_length))
        return self.token_embeddings(tokens) + everywhere[: ops.shape(tokens)[-1], :]

    def compute_mask(self, tokens, mask=None):
        return ops.greater(tokens, 0)

    def get_config(self):
        sizes = {"sequence_length": self.sequence_length, "vocab_size": self.vocab_size, "embed_dim": self.embed_dim}
        return {**super().get_config(), **sizes}
