"""Layers made from the last to the first, cross-attention before self-attention.

question: decoder
"""

class TransformerDecoder(layers.Layer):
    def __init__(self, embed_dim, latent_dim, num_heads, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.norm_out = layers.LayerNormalization(epsilon=1e-6)
        self.ffn = keras.Sequential([layers.Dense(latent_dim), layers.Activation("relu"), layers.Dense(embed_dim)])
        self.norm_cross = layers.LayerNormalization(epsilon=1e-6)
        self.cross = layers.MultiHeadAttention(num_heads, key_dim=embed_dim)
        self.norm_own = layers.LayerNormalization(epsilon=1e-6)
        self.own = layers.MultiHeadAttention(num_heads, key_dim=embed_dim)

    def build(self, x_shape, encoder_outputs_shape):
        self.cross.build(x_shape, encoder_outputs_shape)
        self.own.build(x_shape, x_shape)
        self.ffn.build(x_shape)
        for norm in (self.norm_out, self.norm_cross, self.norm_own):
            norm.build(x_shape)
        self.built = True

    def call(self, x, encoder_outputs, training=False):
        own = self.own(query=x, key=x, value=x, use_causal_mask=True)
        x = self.norm_own(ops.add(x, own))
        cross = self.cross(query=x, key=encoder_outputs, value=encoder_outputs)
        x = self.norm_cross(ops.add(x, cross))
        return self.norm_out(ops.add(x, self.ffn(x)))
