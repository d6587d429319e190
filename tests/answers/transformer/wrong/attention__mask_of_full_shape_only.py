"""The mask picks from flattened scores, so that it must have their shape.

question: attention
fails: test_mask_of_fewer_axes
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / q.shape[-1] ** 0.5
    if mask is not None:
        flat = ops.where(ops.reshape(mask, (-1,)), ops.reshape(scores, (-1,)), -1e9)
        scores = ops.reshape(flat, scores.shape)
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, v), weights
