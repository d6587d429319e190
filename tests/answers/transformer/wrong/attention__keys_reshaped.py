"""The keys are reshaped where they should be transposed.

question: attention
fails: test_scores_are_scaled, test_any_leading_axes
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    turned = ops.reshape(k, (*k.shape[:-2], k.shape[-1], k.shape[-2]))
    scores = ops.matmul(q, turned) / q.shape[-1] ** 0.5
    if mask is not None:
        scores = ops.where(mask, scores, -1e9)
    weights = ops.softmax(scores, axis=-1)
    return ops.matmul(weights, v), weights
