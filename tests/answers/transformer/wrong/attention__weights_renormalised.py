"""Weights are masked and divided by what is left of their sum, which may be nothing.

question: attention
fails: test_large_scores
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / q.shape[-1] ** 0.5
    weights = ops.softmax(scores, axis=-1)
    if mask is not None:
        weights = weights * ops.cast(mask, weights.dtype)
        weights = weights / (ops.sum(weights, axis=-1, keepdims=True) + 1e-9)
    return ops.matmul(weights, v), weights
