"""The mean is not squared.

question: kl_divergence
fails: test_closed_form
"""


def kl_divergence(z_mean, z_log_var):
    return -0.5 * ops.sum(1 + z_log_var - z_mean - ops.exp(z_log_var), axis=-1)
