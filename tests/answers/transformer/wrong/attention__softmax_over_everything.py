"""One softmax for all queries together.

question: attention
fails: test_weights_of_a_query_add_up
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / q.shape[-1] ** 0.5
    if mask is not None:
        scores = ops.where(mask, scores, -1e9)
    weights = ops.softmax(scores, axis=(-2, -1))
    return ops.matmul(weights, v), weights
