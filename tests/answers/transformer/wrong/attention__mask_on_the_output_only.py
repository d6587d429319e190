"""Weights are masked on their way to the output, and returned as they were.

question: attention
fails: test_mask
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / q.shape[-1] ** 0.5
    weights = ops.softmax(scores, axis=-1)
    if mask is not None:
        scores = ops.where(mask, scores, -1e9)
    return ops.matmul(ops.softmax(scores, axis=-1), v), weights
