"""Attention by einsum, with weights of its own.

question: encoder
"""

class TransformerEncoder(layers.Layer):
    def __init__(self, embed_dim, dense_dim, num_heads, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        shape = (embed_dim, num_heads, embed_dim)
        self.kernels = [self.add_weight(shape=shape, initializer="glorot_uniform", name=f"kernel_{i}") for i in range(3)]
        self.biases = [self.add_weight(shape=shape[1:], initializer="zeros", name=f"bias_{i}") for i in range(3)]
        self.out_kernel = self.add_weight(shape=(num_heads, embed_dim, embed_dim), initializer="glorot_uniform")
        self.out_bias = self.add_weight(shape=(embed_dim,), initializer="zeros")
        self.scale = embed_dim**-0.5
        self.narrow, self.wide = layers.Dense(embed_dim), layers.Dense(dense_dim, activation="relu")
        self.norms = [layers.LayerNormalization(), layers.LayerNormalization()]

    def look_around(self, x, mask):
        q, k, v = (ops.einsum("bse,ehd->bshd", x, kernel) + bias for kernel, bias in zip(self.kernels, self.biases))
        scores = ops.einsum("bthd,bshd->bhts", self.scale * q, k)
        if mask is not None:
            scores = ops.where(mask[:, None, None, :], scores, -1e9)
        seen = ops.einsum("bhts,bshd->bthd", ops.softmax(scores), v)
        return ops.einsum("bthd,hde->bte", seen, self.out_kernel) + self.out_bias

    def call(self, x, mask=None):
        x = self.norms[0](x + self.look_around(x, mask))
        return self.norms[1](x + self.narrow(self.wide(x)))
