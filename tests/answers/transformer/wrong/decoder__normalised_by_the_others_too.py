"""The first normalisation serves three times, the others come behind it.

question: decoder
fails: test_normalisations
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
        a = self.ln_a(x + self.look_back(x, x, use_causal_mask=True))
        b = self.ln_a(a + self.look_over(a, encoder_outputs))
        return self.ln_c(self.ln_b(self.ln_a(b + self.out(self.hidden(b)))))
