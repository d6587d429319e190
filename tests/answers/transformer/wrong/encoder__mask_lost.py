"""A tensor without x's mask goes to the attention.

question: encoder
fails: test_padding_is_ignored
"""

class TransformerEncoder(layers.Layer):
    def __init__(self, embed_dim, dense_dim, num_heads, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.attend = layers.MultiHeadAttention(num_heads, embed_dim)
        self.hidden = layers.Dense(dense_dim, activation="relu")
        self.out = layers.Dense(embed_dim)
        self.ln_a = layers.LayerNormalization()
        self.ln_b = layers.LayerNormalization()

    def call(self, x):
        a = self.ln_a(x + self.attend(x * 1.0, x * 1.0))
        return self.ln_b(a + self.out(self.hidden(a)))
