"""Squeezes its result, so that a batch of one image has no shape.

question: kl_divergence
fails: test_sizes_of_one
"""


def kl_divergence(z_mean, z_log_var):
    return ops.squeeze(-0.5 * ops.sum(1 + z_log_var - ops.square(z_mean) - ops.exp(z_log_var), axis=-1))
