"""The softmax written out, the mask on its exponentials, and zeros where a query sees nothing.

question: attention
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    axes = list(range(len(k.shape)))
    axes[-1], axes[-2] = axes[-2], axes[-1]
    scores = ops.matmul(q, ops.transpose(k, axes)) * (k.shape[-1] ** -0.5)
    seen = ops.ones_like(scores) if mask is None else ops.cast(mask, scores.dtype) * ops.ones_like(scores)
    highest = ops.max(ops.where(seen > 0, scores, -1e30), axis=-1, keepdims=True)
    raised = ops.exp(ops.minimum(scores - ops.stop_gradient(highest), 0.0)) * seen
    total = ops.sum(raised, axis=-1, keepdims=True)
    weights = raised / ops.where(total > 0, total, 1.0)
    return ops.sum(weights[..., None] * v[..., None, :, :], axis=-2), weights
