"""True where attending is not allowed.

question: causal_mask
fails: test_none_sees_the_future, test_all_see_the_past, test_each_position_sees_itself
"""

def causal_mask(length):
    i = ops.arange(length)
    return i[:, None] < i[None, :]
