"""The mask as an argument of call, Add layers, a Sequential made in build.

question: encoder
"""

class TransformerEncoder(layers.Layer):
    def __init__(self, embed_dim, dense_dim, num_heads, **kwargs):
        super().__init__(**kwargs)
        self.embed_dim, self.dense_dim, self.num_heads = embed_dim, dense_dim, num_heads
        self.supports_masking = True

    def build(self, input_shape):
        self.attend = layers.MultiHeadAttention(key_dim=self.embed_dim, num_heads=self.num_heads)
        self.dense_proj = keras.Sequential([layers.Dense(self.dense_dim, "relu"), layers.Dense(self.embed_dim)])
        self.add_1, self.add_2 = layers.Add(), layers.Add()
        self.layernorm_1, self.layernorm_2 = layers.LayerNormalization(), layers.LayerNormalization()

    def call(self, inputs, training=None, mask=None):
        padding_mask = None if mask is None else ops.cast(mask[:, None, :], "int32")
        attention_output = self.attend(query=inputs, value=inputs, key=inputs, attention_mask=padding_mask, training=training)
        proj_input = self.layernorm_1(self.add_1([inputs, attention_output]))
        return self.layernorm_2(self.add_2([proj_input, self.dense_proj(proj_input)]))

    def get_config(self):
        return super().get_config() | {"embed_dim": self.embed_dim, "dense_dim": self.dense_dim, "num_heads": self.num_heads}
