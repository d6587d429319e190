"""A large negative number added where the mask is false.

question: attention
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    d_k = ops.cast(ops.shape(q)[-1], "float32")
    logits = tf.matmul(q, k, transpose_b=True) / ops.sqrt(d_k)
    if mask is not None:
        logits += (1.0 - ops.cast(mask, "float32")) * -1e9
    weights = ops.softmax(logits, axis=-1)
    return (ops.matmul(weights, v), weights)
