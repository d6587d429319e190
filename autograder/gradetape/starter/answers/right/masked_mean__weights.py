"""Weights that sum to 1 over the steps, made first.

question: masked_mean
"""


def masked_mean(values, mask):
    weights = ops.cast(mask, "float32")
    weights = weights / ops.maximum(ops.sum(weights, axis=1, keepdims=True), 1.0)
    return ops.squeeze(ops.matmul(weights[:, None, :], values), axis=1)
