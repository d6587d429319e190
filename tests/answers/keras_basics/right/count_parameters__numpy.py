"""With NumPy, in 64 bits.

question: count_parameters
"""

def count_parameters(input_dim, units):
    widths = np.array([input_dim, *units], dtype=np.int64)
    return int((widths[:-1] * widths[1:]).sum() + widths[1:].sum())
