"""By index, kernels and biases apart.

question: count_parameters
"""

def count_parameters(input_dim, units):
    kernels = biases = 0
    for i in range(len(units)):
        before = input_dim if i == 0 else units[i - 1]
        kernels += before * units[i]
        biases += units[i]
    return kernels + biases
