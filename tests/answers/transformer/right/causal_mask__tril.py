"""The lower triangle of ones.

question: causal_mask
"""

def causal_mask(length):
    return ops.tril(ops.ones((length, length)))
