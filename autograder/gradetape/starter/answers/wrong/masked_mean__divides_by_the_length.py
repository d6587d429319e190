"""Padding is left out of the sum, and divided by all the same.

question: masked_mean
fails: test_mean_of_the_steps_that_count
"""


def masked_mean(values, mask):
    return ops.mean(values * ops.cast(mask, "float32")[:, :, None], axis=1)
