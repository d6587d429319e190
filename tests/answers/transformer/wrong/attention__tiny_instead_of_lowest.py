"""The smallest positive number stands for the lowest one.

question: attention
fails: test_mask
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / q.shape[-1] ** 0.5
    if mask is not None:
        scores = ops.where(mask, scores, np.finfo("float32").tiny)
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, v), weights
