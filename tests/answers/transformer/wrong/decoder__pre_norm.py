"""Normalises first and adds afterwards.

question: decoder
fails: test_normalised_last, test_self_attention, test_cross_attention
"""

class TransformerDecoder(layers.Layer):
    def __init__(self, embed_dim, latent_dim, num_heads, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.look_back = layers.MultiHeadAttention(num_heads, embed_dim)
        self.look_over = layers.MultiHeadAttention(num_heads, embed_dim)
        self.hidden = layers.Dense(latent_dim, activation="relu")
        self.out = layers.Dense(embed_dim)
        self.ln_a, self.ln_b, self.ln_c = (layers.LayerNormalization() for _ in range(3))

    def call(self, x, encoder_outputs):
        n = self.ln_a(x)
        x = x + self.look_back(n, n, use_causal_mask=True)
        x = x + self.look_over(self.ln_b(x), encoder_outputs)
        return x + self.out(self.hidden(self.ln_c(x)))
