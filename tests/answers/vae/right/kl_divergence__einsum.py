"""The sum of squares as an einsum, exp(x) − 1 by its own function.

question: kl_divergence
"""


def kl_divergence(z_mean, z_log_var):
    squared_distance = ops.einsum("bd,bd->b", z_mean, z_mean)
    return 0.5 * (squared_distance + ops.sum(ops.expm1(z_log_var) - z_log_var, axis=-1))
