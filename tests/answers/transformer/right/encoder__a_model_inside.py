"""A functional model inside, through which Keras carries the mask.

question: encoder
"""

class TransformerEncoder(layers.Layer):
    def __init__(self, embed_dim, dense_dim, num_heads, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        inputs = keras.Input((None, embed_dim))
        attended = layers.MultiHeadAttention(num_heads, embed_dim)(inputs, inputs)
        middle = layers.LayerNormalization()(layers.Add()([inputs, attended]))
        wide = layers.Activation("relu")(layers.Dense(dense_dim)(middle))
        end = layers.LayerNormalization()(layers.Add()([middle, layers.Dense(embed_dim)(wide)]))
        self.inside = keras.Model(inputs, end)

    def call(self, x):
        return self.inside(x)
