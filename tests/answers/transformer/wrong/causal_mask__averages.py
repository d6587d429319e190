"""Each row divided by its number of ones.

question: causal_mask
fails: test_all_see_the_past
"""

def causal_mask(length):
    mask = np.tri(length)
    return mask / mask.sum(axis=1, keepdims=True)
