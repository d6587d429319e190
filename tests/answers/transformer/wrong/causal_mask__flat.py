"""One long row.

question: causal_mask
fails: test_shape
"""

def causal_mask(length):
    return np.tri(length).reshape(-1)
