"""By way of the standard deviation, with a helper function and a mean times D.

question: kl_divergence
"""


def kl_of_one_dimension(mean, std, log_std):
    return (mean * mean + std * std - 1) / 2 - log_std


def kl_divergence(z_mean, z_log_var):
    log_std = z_log_var / 2
    each = kl_of_one_dimension(z_mean, keras.ops.exp(log_std), log_std)
    return keras.ops.mean(each, axis=-1) * each.shape[-1]
