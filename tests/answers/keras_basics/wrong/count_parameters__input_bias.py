"""A bias for each input instead of each unit.

question: count_parameters
fails: test_chain, test_one_layer, test_tuple_and_untouched
"""

def count_parameters(input_dim, units):
    total = 0
    for u in units:
        total += input_dim * u + input_dim
        input_dim = u
    return total
