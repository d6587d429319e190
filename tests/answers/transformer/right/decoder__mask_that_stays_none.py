"""The book's form: a mask argument that Keras leaves empty, and a causal mask made in a method.

question: decoder
"""

class TransformerDecoder(layers.Layer):
    def __init__(self, embed_dim, latent_dim, num_heads, **kwargs):
        super().__init__(**kwargs)
        self.attention_1 = layers.MultiHeadAttention(num_heads=num_heads, key_dim=embed_dim)
        self.attention_2 = layers.MultiHeadAttention(num_heads=num_heads, key_dim=embed_dim)
        self.dense_1 = layers.EinsumDense("bte,ed->btd", output_shape=(None, latent_dim), activation="relu", bias_axes="d")
        self.dense_2 = layers.EinsumDense("btd,de->bte", output_shape=(None, embed_dim), bias_axes="e")
        self.layernorm_1 = layers.LayerNormalization()
        self.layernorm_2 = layers.LayerNormalization()
        self.layernorm_3 = layers.LayerNormalization()
        self.supports_masking = True

    def get_causal_attention_mask(self, inputs):
        batch_size, length = ops.shape(inputs)[0], ops.shape(inputs)[1]
        i, j = ops.arange(length)[:, None], ops.arange(length)
        mask = ops.reshape(ops.cast(i >= j, "int32"), (1, length, length))
        return ops.tile(mask, (batch_size, 1, 1))

    def call(self, inputs, encoder_outputs, mask=None):
        allowed = self.get_causal_attention_mask(inputs)
        out_1 = self.layernorm_1(inputs + self.attention_1(query=inputs, value=inputs, key=inputs, attention_mask=allowed))
        seen = self.attention_2(query=out_1, value=encoder_outputs, key=encoder_outputs)
        out_2 = self.layernorm_2(out_1 + seen)
        return self.layernorm_3(out_2 + self.dense_2(self.dense_1(out_2)))
