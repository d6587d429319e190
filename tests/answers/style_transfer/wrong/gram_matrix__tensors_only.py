"""Asks a tensor for its numbers, which arrays and graphs do not have.

question: gram_matrix
fails: test_arrays_and_graphs
"""


def gram_matrix(features):
    channels = features[0, 0].numpy().size
    rows = ops.reshape(features, (-1, channels))
    return ops.matmul(ops.transpose(rows), rows)
