"""The first normalisation serves twice, the second comes behind it.

question: encoder
fails: test_normalisations
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
        a = self.ln_a(x + self.attend(x, x))
        return self.ln_b(self.ln_a(a + self.out(self.hidden(a))))
