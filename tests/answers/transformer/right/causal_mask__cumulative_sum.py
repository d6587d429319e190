"""Running sums along the rows of the unit matrix, turned.

question: causal_mask
"""

def causal_mask(length):
    return ops.cast(ops.transpose(ops.cumsum(ops.eye(length), axis=1)), "int8")
