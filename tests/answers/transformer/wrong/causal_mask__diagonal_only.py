"""Each position sees itself alone.

question: causal_mask
fails: test_all_see_the_past
"""

def causal_mask(length):
    return np.eye(length, dtype=bool)
