"""Each position sees the next one too.

question: causal_mask
fails: test_none_sees_the_future
"""

def causal_mask(length):
    return np.tri(length, k=1)
