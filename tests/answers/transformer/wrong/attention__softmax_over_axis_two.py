"""The softmax runs over axis 2, which are the keys only if there is one leading axis.

question: attention
fails: test_any_leading_axes
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / q.shape[-1] ** 0.5
    if mask is not None:
        scores = ops.where(mask, scores, -1e9)
    weights = ops.softmax(scores, axis=min(2, len(scores.shape) - 1))
    return ops.matmul(weights, v), weights
