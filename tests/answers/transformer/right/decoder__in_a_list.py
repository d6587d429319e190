"""Both inputs in a list, masks as Keras hands them to one argument, the causal mask by the notebook's function.

question: decoder
"""

class TransformerDecoder(layers.Layer):
    def __init__(self, embed_dim, latent_dim, num_heads, **kwargs):
        super().__init__(**kwargs)
        self.embed_dim, self.latent_dim, self.num_heads = embed_dim, latent_dim, num_heads
        self.attention_1 = layers.MultiHeadAttention(num_heads=num_heads, key_dim=embed_dim)
        self.attention_2 = layers.MultiHeadAttention(num_heads=num_heads, key_dim=embed_dim)
        self.dense_proj = keras.Sequential([layers.Dense(latent_dim, activation="relu"), layers.Dense(embed_dim)])
        self.layernorm_1, self.layernorm_2, self.layernorm_3 = layers.LayerNormalization(), layers.LayerNormalization(), layers.LayerNormalization()
        self.add = layers.Add()
        self.supports_masking = True

    def call(self, inputs, mask=None):
        inputs, encoder_outputs = inputs
        allowed = ops.cast(causal_mask(ops.shape(inputs)[1])[None, :, :], "bool")
        target_mask, source_mask = (None, None) if mask is None else mask
        if target_mask is not None:
            allowed = ops.logical_and(allowed, target_mask[:, None, :])
        out_1 = self.layernorm_1(self.add([inputs, self.attention_1(query=inputs, value=inputs, key=inputs, attention_mask=allowed)]))
        source_mask = None if source_mask is None else source_mask[:, None, :]
        attention_output_2 = self.attention_2(query=out_1, value=encoder_outputs, key=encoder_outputs, attention_mask=source_mask)
        out_2 = self.layernorm_2(self.add([out_1, attention_output_2]))
        return self.layernorm_3(self.add([out_2, self.dense_proj(out_2)]))

    def get_config(self):
        return super().get_config() | {"embed_dim": self.embed_dim, "latent_dim": self.latent_dim, "num_heads": self.num_heads}
