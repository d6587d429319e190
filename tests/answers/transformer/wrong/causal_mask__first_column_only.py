"""Everyone sees the first position and no other.

question: causal_mask
fails: test_each_position_sees_itself, test_all_see_the_past
"""

def causal_mask(length):
    return np.repeat(np.eye(1, length), length, axis=0)
