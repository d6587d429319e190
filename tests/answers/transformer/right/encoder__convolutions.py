"""Convolutions of width 1 for the feed-forward network, made before all else.

question: encoder
"""

class TransformerEncoder(layers.Layer):
    def __init__(self, embed_dim, dense_dim, num_heads, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.second = layers.Conv1D(embed_dim, 1)
        self.first = layers.Conv1D(dense_dim, kernel_size=1, activation=keras.activations.relu)
        self.after, self.between = layers.LayerNormalization(), layers.LayerNormalization()
        self.look = layers.MultiHeadAttention(num_heads, embed_dim)

    def call(self, x):
        looked = self.between(layers.add([self.look(x, x, x), x]))
        return self.after(layers.add([self.second(self.first(looked)), looked]))
