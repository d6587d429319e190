"""A hidden key's score is lowered by no more than 100.

question: attention
fails: test_large_scores
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / q.shape[-1] ** 0.5
    if mask is not None:
        scores = scores - 100.0 * (1.0 - ops.cast(mask, scores.dtype))
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, v), weights
