"""Divides by the batch's mean length.

question: masked_mean
fails: test_mean_of_the_steps_that_count
"""


def masked_mean(values, mask):
    counts = ops.cast(mask, "float32")[:, :, None]
    return ops.sum(values * counts, axis=1) / ops.mean(ops.sum(counts, axis=1))
