"""Besides the mask, no query may look at later keys.

question: attention
fails: test_mask
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / q.shape[-1] ** 0.5
    if mask is not None:
        mask = ops.logical_and(mask, ops.tril(ops.ones((q.shape[-2], k.shape[-2]))) > 0)
        scores = ops.where(mask, scores, -1e9)
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, v), weights
