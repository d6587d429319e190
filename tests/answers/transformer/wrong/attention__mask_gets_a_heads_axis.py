"""Under several heads the mask is taken for one without an axis of heads.

question: attention
fails: test_mask_of_fewer_axes
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / q.shape[-1] ** 0.5
    if mask is not None:
        mask = mask[:, None] if len(scores.shape) == 4 else mask
        scores = ops.where(mask, scores, -1e9)
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, v), weights
