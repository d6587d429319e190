"""Clips the log-variance: right in the middle, wrong at the ends.

question: kl_divergence
fails: test_wide_range
"""


def kl_divergence(z_mean, z_log_var):
    z_log_var = ops.clip(z_log_var, -20, 8)
    return -0.5 * ops.sum(1 + z_log_var - ops.square(z_mean) - ops.exp(z_log_var), axis=-1)
