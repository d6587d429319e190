"""The NaN of a query that sees nothing is replaced, but not the NaN of its gradient.

question: attention
fails: test_gradients_of_a_query_that_may_attend_to_nothing
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    scores = ops.matmul(q, ops.swapaxes(k, -1, -2)) / q.shape[-1] ** 0.5
    if mask is not None:
        scores = scores + ops.where(mask, 0.0, -np.inf)
    weights = ops.softmax(scores, axis=-1)
    weights = ops.where(ops.isnan(weights), 0.0, weights)
    return ops.matmul(weights, v), weights
