"""The sum as an einsum.

question: masked_mean
"""


def masked_mean(values, mask):
    weights = ops.cast(mask, "float32")
    steps = ops.maximum(ops.sum(weights, axis=-1, keepdims=True), 1)
    return ops.einsum("btd,bt->bd", values, weights) / steps
