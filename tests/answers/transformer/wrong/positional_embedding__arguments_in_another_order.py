"""Takes the vocabulary's size first.

question: positional_embedding
fails: test_token_plus_position, test_shorter_sequences
"""

class PositionalEmbedding(layers.Layer):
    def __init__(self, vocab_size, sequence_length, embed_dim, **kwargs):
        super().__init__(**kwargs)
        self.token_embeddings = layers.Embedding(vocab_size, embed_dim)
        self.position_embeddings = layers.Embedding(sequence_length, embed_dim)

    def call(self, tokens):
        return self.token_embeddings(tokens) + self.position_embeddings(ops.arange(ops.shape(tokens)[-1]))

    def compute_mask(self, tokens, mask=None):
        return ops.not_equal(tokens, 0)
