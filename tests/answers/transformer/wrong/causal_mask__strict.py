"""No position sees itself.

question: causal_mask
fails: test_each_position_sees_itself
"""

def causal_mask(length):
    i = ops.arange(length)
    return i[:, None] > i[None, :]
