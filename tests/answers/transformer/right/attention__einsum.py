"""Einsum with an ellipsis, a scale from the keys' length.

question: attention
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    scores = tf.einsum("...td,...sd->...ts", q, k) * tf.math.rsqrt(tf.cast(tf.shape(k)[-1], tf.float32))
    if mask is not None:
        scores = tf.where(mask, scores, tf.float32.min)
    weights = tf.nn.softmax(scores)
    return tf.einsum("...ts,...sd->...td", weights, v), weights
