"""The ones summed beforehand: D is taken from the shape.

question: kl_divergence
"""


def kl_divergence(z_mean, z_log_var):
    latent_dim = z_mean.shape[-1]
    terms = ops.sum(z_mean**2, axis=-1) + ops.sum(ops.exp(z_log_var), axis=-1) - ops.sum(z_log_var, axis=-1)
    return (terms - latent_dim) / 2
