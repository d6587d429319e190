"""Fixed sine waves instead of a learned table.

question: positional_embedding
fails: test_two_tables
"""

class PositionalEmbedding(layers.Layer):
    def __init__(self, sequence_length, vocab_size, embed_dim, **kwargs):
        super().__init__(**kwargs)
        self.token_embeddings = layers.Embedding(vocab_size, embed_dim)
        rates = 1 / 10000 ** (np.arange(embed_dim) // 2 * 2 / embed_dim)
        angles = np.arange(sequence_length)[:, None] * rates
        self.waves = np.where(np.arange(embed_dim) % 2, np.cos(angles), np.sin(angles)).astype("float32")

    def call(self, tokens):
        return self.token_embeddings(tokens) + ops.convert_to_tensor(self.waves)[: ops.shape(tokens)[-1]]

    def compute_mask(self, tokens, mask=None):
        return ops.not_equal(tokens, 0)
