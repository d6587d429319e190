"""Cut out of one mask that was made once, for ten positions.

question: causal_mask
fails: test_shape
"""

LARGEST = np.tri(10)


def causal_mask(length):
    return LARGEST[:length, :length]
