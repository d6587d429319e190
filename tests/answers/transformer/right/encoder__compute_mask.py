"""The mask is handed on by compute_mask; the feed-forward network is a list of layers.

question: encoder
"""

class TransformerEncoder(layers.Layer):
    def __init__(self, embed_dim, dense_dim, num_heads, **kwargs):
        super().__init__(**kwargs)
        self.attention_layer = layers.MultiHeadAttention(num_heads, key_dim=embed_dim)
        self.feed = [layers.Dense(dense_dim), layers.ReLU(), layers.Dense(embed_dim)]
        self.ln_1 = layers.LayerNormalization(epsilon=1e-6)
        self.ln_2 = layers.LayerNormalization(epsilon=1e-6)

    def compute_mask(self, inputs, mask=None):
        return mask

    def call(self, x):
        out_1 = self.ln_1(x + self.attention_layer(x, x))
        fed = out_1
        for layer in self.feed:
            fed = layer(fed)
        return self.ln_2(out_1 + fed)
