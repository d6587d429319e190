"""The mean over all steps.

question: masked_mean
fails: test_mean_of_the_steps_that_count, test_padding_does_not_matter
"""


def masked_mean(values, mask):
    return ops.mean(values, axis=1)
