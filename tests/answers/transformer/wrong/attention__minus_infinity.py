"""Minus infinity, and NaN for a query that sees nothing.

question: attention
fails: test_query_that_may_attend_to_nothing
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / q.shape[-1] ** 0.5
    if mask is not None:
        scores = ops.where(mask, scores, -np.inf)
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, v), weights
