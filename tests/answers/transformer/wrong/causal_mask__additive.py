"""The mask to be added to scores: zero and minus a thousand million.

question: causal_mask
fails: test_each_position_sees_itself
"""

def causal_mask(length):
    return (1.0 - ops.tril(ops.ones((length, length)))) * -1e9
