"""Under several heads, scaled by the length of all heads together.

question: attention
fails: test_any_leading_axes
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    d_model = q.shape[-1] * (q.shape[1] if len(q.shape) > 3 else 1)
    scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / d_model**0.5
    if mask is not None:
        scores = ops.where(mask, scores, -1e9)
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, v), weights
