"""Pairs of widths by zip.

question: count_parameters
"""

def count_parameters(input_dim, units):
    widths = [input_dim] + list(units)
    return sum((d + 1) * u for d, u in zip(widths[:-1], widths[1:]))
