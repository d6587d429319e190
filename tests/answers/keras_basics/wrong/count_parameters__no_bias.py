"""The biases forgotten.

question: count_parameters
fails: test_chain, test_one_layer, test_tuple_and_untouched, test_without_building
"""

def count_parameters(input_dim, units):
    widths = [input_dim, *units]
    return sum(d * u for d, u in zip(widths, units))
