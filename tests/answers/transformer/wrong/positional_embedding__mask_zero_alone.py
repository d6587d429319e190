"""The token table makes a mask that goes no further, as the layer has no compute_mask.

question: positional_embedding
fails: test_mask, test_mask_reaches_the_next_layer
"""

class PositionalEmbedding(layers.Layer):
    def __init__(self, sequence_length, vocab_size, embed_dim, **kwargs):
        super().__init__(**kwargs)
        self.token_embeddings = layers.Embedding(vocab_size, embed_dim, mask_zero=True)
        self.position_embeddings = layers.Embedding(sequence_length, embed_dim)

    def call(self, tokens):
        return self.token_embeddings(tokens) + self.position_embeddings(ops.arange(ops.shape(tokens)[-1]))
