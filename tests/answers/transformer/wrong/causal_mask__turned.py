"""Rows and columns exchanged.

question: causal_mask
fails: test_none_sees_the_future
"""

def causal_mask(length):
    i = ops.arange(length)
    return i[:, None] <= i[None, :]
