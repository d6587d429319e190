"""The keys are transposed as if there were exactly one leading axis.

question: attention
fails: test_any_leading_axes
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    scores = ops.matmul(q, ops.transpose(k, (0, 2, 1))) / q.shape[-1] ** 0.5
    if mask is not None:
        scores = ops.where(mask, scores, -1e9)
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, v), weights
