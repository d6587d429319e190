"""Positions column by column: their order does not matter.

question: gram_matrix
"""


def gram_matrix(features):
    by_channel = ops.reshape(ops.transpose(features, (2, 1, 0)), (features.shape[-1], -1))
    return by_channel @ ops.transpose(by_channel)
