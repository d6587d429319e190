"""Every layer counted as if it saw the input.

question: count_parameters
fails: test_chain, test_tuple_and_untouched, test_without_building
"""

def count_parameters(input_dim, units):
    return sum(input_dim * u + u for u in units)
