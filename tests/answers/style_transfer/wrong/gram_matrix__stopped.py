"""Stops the gradient of one factor.

question: gram_matrix
fails: test_gradient
"""


def gram_matrix(features):
    return ops.tensordot(ops.stop_gradient(features), features, axes=[[0, 1], [0, 1]])
