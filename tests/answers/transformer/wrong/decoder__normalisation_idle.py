"""The second LayerNormalization serves twice, the third never.

question: decoder
fails: test_all_weights_learn
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
        b = self.ln_b(a + self.look_over(a, encoder_outputs))
        self.ln_c(b)
        return self.ln_b(b + self.out(self.hidden(b)))
