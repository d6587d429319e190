"""An Embedding that adds the positions to what it is.

question: positional_embedding
"""

class PositionalEmbedding(layers.Embedding):
    def __init__(self, sequence_length, vocab_size, embed_dim, **kwargs):
        super().__init__(vocab_size, embed_dim, mask_zero=True, **kwargs)
        self.sequence_length = sequence_length

    def build(self, input_shape=None):
        super().build(input_shape)
        self.positions = self.add_weight(shape=(self.sequence_length, self.output_dim), initializer="uniform", name="positions")

    def call(self, tokens):
        return super().call(tokens) + ops.take(self.positions, ops.arange(ops.shape(tokens)[-1]), axis=0)
