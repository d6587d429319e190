"""Layer by layer, by recursion.

question: count_parameters
"""

def count_parameters(input_dim, units):
    if not units:
        return 0
    first, *rest = units
    return input_dim * first + first + count_parameters(first, rest)
