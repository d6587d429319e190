"""Reads the number of steps from the static shape.

question: masked_mean
fails: test_in_graph_mode
"""


def masked_mean(values, mask):
    counts = ops.cast(mask, "float32")[:, :, None]
    total = sum(values[:, t] * counts[:, t] for t in range(values.shape[1]))
    return total / ops.maximum(1.0, ops.sum(counts, axis=1))
