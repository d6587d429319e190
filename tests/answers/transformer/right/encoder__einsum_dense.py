"""EinsumDense for the feed-forward network, and a ReLU of its own.

question: encoder
"""

class TransformerEncoder(layers.Layer):
    def __init__(self, embed_dim, dense_dim, num_heads, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.mha = layers.MultiHeadAttention(num_heads=num_heads, key_dim=embed_dim, value_dim=embed_dim, dropout=0.0)
        self.up = layers.EinsumDense("bse,ed->bsd", output_shape=(None, dense_dim), bias_axes="d")
        self.relu = layers.ReLU()
        self.down = layers.EinsumDense("bsd,de->bse", output_shape=(None, embed_dim), bias_axes="e")
        self.norm1 = layers.LayerNormalization(axis=-1)
        self.norm2 = layers.LayerNormalization(axis=-1)

    def call(self, x, mask=None):
        keys = None if mask is None else mask[:, None, :]
        x1 = self.norm1(self.mha(x, x, attention_mask=keys) + x)
        return self.norm2(self.down(self.relu(self.up(x1))) + x1)
