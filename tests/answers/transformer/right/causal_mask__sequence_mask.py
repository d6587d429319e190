"""TensorFlow's mask of sequences that are one longer each.

question: causal_mask
"""

def causal_mask(length):
    return tf.sequence_mask(tf.range(1, length + 1), length)
