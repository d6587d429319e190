"""The softmax written out without care for large scores.

question: attention
fails: test_large_scores
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / q.shape[-1] ** 0.5
    if mask is not None:
        scores = ops.where(mask, scores, -1e9)
    raised = ops.exp(scores)
    weights = raised / (ops.sum(raised, axis=-1, keepdims=True) + 1e-9)
    return ops.matmul(weights, v), weights
