"""The variance term is cut off from the gradient.

question: kl_divergence
fails: test_in_a_graph
"""


def kl_divergence(z_mean, z_log_var):
    variance = ops.stop_gradient(ops.exp(z_log_var))
    return -0.5 * ops.sum(1 + z_log_var - ops.square(z_mean) - variance, axis=-1)
