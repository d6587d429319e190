"""Padding set to 0 by `where`.

question: masked_mean
"""


def masked_mean(values, mask):
    kept = ops.where(ops.expand_dims(mask, 2), values, 0.0)
    steps = ops.count_nonzero(mask, axis=1)[:, None]
    return ops.sum(kept, axis=1) / ops.cast(ops.where(steps == 0, 1, steps), "float32")
