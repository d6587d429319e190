"""The weights of the queries for a key add up to 1.

question: decoder
fails: test_no_look_ahead, test_cross_attention
"""

class TransformerDecoder(layers.Layer):
    def __init__(self, embed_dim, latent_dim, num_heads, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self.heads, self.size = num_heads, embed_dim
        self.projections = [[layers.Dense(num_heads * embed_dim) for _ in range(3)] + [layers.Dense(embed_dim)] for _ in range(2)]
        self.feed = [layers.Dense(latent_dim, activation="relu"), layers.Dense(embed_dim)]
        self.norms = [layers.LayerNormalization() for _ in range(3)]

    def attend(self, projections, x, source, allowed):
        to_query, to_key, to_value, join = projections
        q, k, v = (ops.reshape(y, (ops.shape(y)[0], -1, self.heads, self.size)) for y in (to_query(x), to_key(source), to_value(source)))
        scores = ops.einsum("bthd,bshd->bhts", q, k) / ops.sqrt(ops.cast(self.size, "float32"))
        if allowed is not None:
            scores = ops.where(allowed, scores, -1e9)
        seen = ops.einsum("bhts,bshd->bthd", ops.softmax(scores, axis=-2), v)
        return join(ops.reshape(seen, (ops.shape(x)[0], -1, self.heads * self.size)))

    def call(self, x, encoder_outputs, x_mask=None, encoder_outputs_mask=None):
        steps = ops.arange(ops.shape(x)[1])
        past = (steps[None, :] <= steps[:, None])[None, None]
        tokens = None if encoder_outputs_mask is None else encoder_outputs_mask[:, None, None, :]
        x = self.norms[0](x + self.attend(self.projections[0], x, x, past))
        x = self.norms[1](x + self.attend(self.projections[1], x, encoder_outputs, tokens))
        return self.norms[2](x + self.feed[1](self.feed[0](x)))
