"""Everything that does not lie in the future.

question: causal_mask
"""

def causal_mask(length):
    future = np.triu(np.ones((length, length), bool), k=1)
    return np.logical_not(future)
