"""A row and a column too many.

question: causal_mask
fails: test_shape
"""

def causal_mask(length):
    return np.tri(length + 1)
