"""Overflows in 32 bits.

question: count_parameters
fails: test_without_building
"""

def count_parameters(input_dim, units):
    widths = np.array([input_dim, *units], dtype=np.int32)
    return int(((widths[:-1] + 1) * widths[1:]).sum(dtype=np.int32))
