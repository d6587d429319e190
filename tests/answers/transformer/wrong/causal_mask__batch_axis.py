"""With an axis for the batch in front.

question: causal_mask
fails: test_shape
"""

def causal_mask(length):
    i = ops.arange(length)
    return (i[:, None] >= i[None, :])[None]
