"""Scaled by the first axis's length.

question: attention
fails: test_scores_are_scaled, test_any_leading_axes
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / ops.sqrt(float(q.shape[0]))
    if mask is not None:
        scores = ops.where(mask, scores, -1e9)
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, v), weights
