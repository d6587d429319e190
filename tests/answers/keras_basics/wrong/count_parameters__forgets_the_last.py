"""Leaves out the last layer.

question: count_parameters
fails: test_chain, test_one_layer
"""

def count_parameters(input_dim, units):
    total = 0
    for width in units[:-1]:
        total += input_dim * width + width
        input_dim = width
    return total
