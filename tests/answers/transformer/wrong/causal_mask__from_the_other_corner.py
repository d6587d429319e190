"""The triangle stands in the wrong corner.

question: causal_mask
fails: test_none_sees_the_future, test_each_position_sees_itself
"""

def causal_mask(length):
    return np.tri(length)[:, ::-1]
