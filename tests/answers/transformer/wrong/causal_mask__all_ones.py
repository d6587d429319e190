"""Hides nothing.

question: causal_mask
fails: test_none_sees_the_future
"""

def causal_mask(length):
    return ops.ones((length, length), "bool")
