"""One bias a layer instead of one a unit.

question: count_parameters
fails: test_chain, test_one_layer
"""

def count_parameters(input_dim, units):
    widths = [input_dim, *units]
    return sum(d * u + 1 for d, u in zip(widths, units))
