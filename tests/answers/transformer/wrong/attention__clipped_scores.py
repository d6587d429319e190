"""Scores are clipped before the softmax.

question: attention
fails: test_large_scores
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    scores = ops.clip(ops.matmul(q, ops.swapaxes(k, -1, -2)) / q.shape[-1] ** 0.5, -50.0, 50.0)
    if mask is not None:
        scores = ops.where(mask, scores, -1e9)
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, v), weights
