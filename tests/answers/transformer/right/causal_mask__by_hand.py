"""A loop over rows, as integers.

question: causal_mask
"""

def causal_mask(length):
    rows = [[1] * (i + 1) + [0] * (length - i - 1) for i in range(length)]
    return tf.constant(rows)
