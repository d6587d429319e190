"""Minus infinity, and zeros for the NaN of a query that sees nothing; the choice that hides a score cuts off its gradient too.

question: attention
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / q.shape[-1] ** 0.5
    if mask is not None:
        scores = ops.where(mask, scores, -np.inf)
    weights = ops.softmax(scores, axis=-1)
    weights = ops.where(ops.isnan(weights), 0.0, weights)
    return ops.matmul(weights, v), weights
