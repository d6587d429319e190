"""Masks in arguments of call that are named after the inputs.

question: decoder
"""

class TransformerDecoder(layers.Layer):
    def __init__(self, embed_dim, latent_dim, num_heads, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.sizes = embed_dim, latent_dim, num_heads

    def build(self, *input_shapes, **more_shapes):
        embed_dim, latent_dim, num_heads = self.sizes
        self.attentions = [layers.MultiHeadAttention(num_heads, embed_dim) for _ in range(2)]
        self.norms = [layers.LayerNormalization() for _ in range(3)]
        self.wide = layers.Conv1D(latent_dim, 1, activation="relu")
        self.narrow = layers.Conv1D(embed_dim, 1)

    def call(self, x, encoder_outputs, x_mask=None, encoder_outputs_mask=None, training=None):
        keys = None if encoder_outputs_mask is None else ops.expand_dims(encoder_outputs_mask, 1)
        x = self.norms[0](self.attentions[0](x, x, use_causal_mask=True, training=training) + x)
        x = self.norms[1](self.attentions[1](x, encoder_outputs, attention_mask=keys, training=training) + x)
        return self.norms[2](self.narrow(self.wide(x)) + x)
