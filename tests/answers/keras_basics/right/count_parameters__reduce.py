"""A fold over the layers.

question: count_parameters
"""

from functools import reduce


def count_parameters(input_dim, units):
    def add(state, width):
        total, before = state
        return total + width * (before + 1), width

    return reduce(add, units, (0, input_dim))[0]
