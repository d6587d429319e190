"""The constant 1 is forgotten: right gradients, wrong numbers.

question: kl_divergence
fails: test_closed_form, test_zero_only_at_the_prior
"""


def kl_divergence(z_mean, z_log_var):
    return -0.5 * ops.sum(z_log_var - ops.square(z_mean) - ops.exp(z_log_var), axis=-1)
