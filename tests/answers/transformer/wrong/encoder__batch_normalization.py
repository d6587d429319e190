"""BatchNormalization for LayerNormalization.

question: encoder
fails: test_weights, test_normalised_last
"""

class TransformerEncoder(layers.Layer):
    def __init__(self, embed_dim, dense_dim, num_heads, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.attend = layers.MultiHeadAttention(num_heads, embed_dim)
        self.hidden = layers.Dense(dense_dim, activation="relu")
        self.out = layers.Dense(embed_dim)
        self.ln_a = layers.BatchNormalization()
        self.ln_b = layers.BatchNormalization()

    def call(self, x):
        a = self.ln_a(x + self.attend(x, x))
        return self.ln_b(a + self.out(self.hidden(a)))
