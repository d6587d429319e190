"""Keras' Softmax layer with its mask.

question: attention
"""

def scaled_dot_product_attention(q, k, v, mask=None):
    q = q / np.sqrt(q.shape[-1])
    scores = q @ tf.linalg.matrix_transpose(k)
    weights = layers.Softmax(axis=-1)(scores, mask=mask)
    return weights @ v, weights
