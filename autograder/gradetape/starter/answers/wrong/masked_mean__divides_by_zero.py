"""No guard for a sequence in which no step counts.

question: masked_mean
fails: test_a_sequence_without_steps
"""


def masked_mean(values, mask):
    counts = ops.cast(mask, "float32")[:, :, None]
    return ops.sum(values * counts, axis=1) / ops.sum(counts, axis=1)
