"""All in NumPy: no gradient, no graph.

question: attention
fails: test_gradients, test_inside_a_graph
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    q, k, v = (np.asarray(x) for x in (q, k, v))
    scores = q @ np.swapaxes(k, -1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        scores = np.where(mask, scores, -1e9)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = weights / weights.sum(axis=-1, keepdims=True)
    return tf.constant(weights @ v, tf.float32), tf.constant(weights, tf.float32)
