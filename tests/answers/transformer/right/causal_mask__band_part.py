"""TensorFlow's band of a matrix, as bool.

question: causal_mask
"""

def causal_mask(length):
    return tf.linalg.band_part(tf.ones((length, length), tf.bool), -1, 0)
