"""Breaks without layers.

question: count_parameters
fails: test_no_layer
"""

def count_parameters(input_dim, units):
    total = input_dim * units[0] + units[0]
    for before, width in zip(units, units[1:]):
        total += before * width + width
    return total
