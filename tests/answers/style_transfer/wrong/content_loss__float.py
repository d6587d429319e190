"""A Python number: no gradient, and not in a graph.

question: content_loss
fails: test_gradient, test_arrays_and_graphs
"""


def content_loss(base, combination):
    return float(ops.sum(ops.square(combination - base)))
