"""Four Dense layers make the attention; heads are split and joined by reshape and transpose.

question: encoder
"""

class TransformerEncoder(layers.Layer):
    def __init__(self, embed_dim, dense_dim, num_heads, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.heads, self.head_dim = num_heads, embed_dim
        self.to_query, self.to_key, self.to_value = (layers.Dense(num_heads * embed_dim) for _ in range(3))
        self.join = layers.Dense(embed_dim)
        self.hidden = layers.Dense(dense_dim, activation="relu")
        self.out = layers.Dense(embed_dim)
        self.ln_a = layers.LayerNormalization()
        self.ln_b = layers.LayerNormalization()

    def split(self, x):
        batch, length = ops.shape(x)[0], ops.shape(x)[1]
        return ops.transpose(ops.reshape(x, (batch, length, self.heads, self.head_dim)), (0, 2, 1, 3))

    def attention(self, x, mask):
        batch, length = ops.shape(x)[0], ops.shape(x)[1]
        q, k, v = self.split(self.to_query(x)), self.split(self.to_key(x)), self.split(self.to_value(x))
        scores = ops.matmul(q, ops.transpose(k, (0, 1, 3, 2))) / self.head_dim**0.5
        if mask is not None:
            scores = scores - 1e9 * (1.0 - ops.cast(mask, "float32"))[:, None, None, :]
        joined = ops.transpose(ops.matmul(ops.softmax(scores, axis=-1), v), (0, 2, 1, 3))
        return self.join(ops.reshape(joined, (batch, length, self.heads * self.head_dim)))

    def call(self, x, mask=None):
        a = self.ln_a(x + self.attention(x, mask))
        return self.ln_b(a + self.out(self.hidden(a)))
