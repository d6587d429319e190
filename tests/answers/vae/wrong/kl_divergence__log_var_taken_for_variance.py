"""Treats the second argument as the variance.

question: kl_divergence
fails: test_closed_form, test_zero_only_at_the_prior
"""


def kl_divergence(z_mean, z_log_var):
    return -0.5 * ops.sum(1 + ops.log(ops.abs(z_log_var) + 1e-7) - ops.square(z_mean) - z_log_var, axis=-1)
