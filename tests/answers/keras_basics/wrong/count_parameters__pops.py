"""Empties the list that it is given.

question: count_parameters
fails: test_tuple_and_untouched
"""

def count_parameters(input_dim, units):
    units = units if isinstance(units, list) else list(units)
    total = 0
    while units:
        u = units.pop(0)
        total += input_dim * u + u
        input_dim = u
    return total
