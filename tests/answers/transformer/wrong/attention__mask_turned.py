"""The mask is turned: its rows are taken for keys.

question: attention
fails: test_mask
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / q.shape[-1] ** 0.5
    if mask is not None:
        mask = ops.reshape(ops.swapaxes(ops.broadcast_to(mask, scores.shape), -1, -2), scores.shape)
        scores = ops.where(mask, scores, -1e9)
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, v), weights
