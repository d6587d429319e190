"""NumPy's triangle, as it comes: floats.

question: causal_mask
"""

def causal_mask(length):
    return np.tri(length)
