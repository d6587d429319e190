"""The two arguments in the wrong order.

question: kl_divergence
fails: test_closed_form, test_in_a_graph
"""


def kl_divergence(z_log_var, z_mean):
    return -0.5 * ops.sum(1 + z_log_var - ops.square(z_mean) - ops.exp(z_log_var), axis=-1)
