"""Without the one half.

question: kl_divergence
fails: test_closed_form, test_in_a_graph
"""


def kl_divergence(z_mean, z_log_var):
    return -ops.sum(1 + z_log_var - ops.square(z_mean) - ops.exp(z_log_var), axis=-1)
