"""Asks for the numbers of a tensor, which arrays and graphs do not have.

question: content_loss
fails: test_arrays_and_graphs
"""


def content_loss(base, combination):
    return ops.mean(ops.square(combination - base)) * base.numpy().size
