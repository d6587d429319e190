"""NumPy: right numbers, but no gradient and no graph.

question: kl_divergence
fails: test_in_a_graph
"""


def kl_divergence(z_mean, z_log_var):
    z_mean, z_log_var = np.array(z_mean), np.array(z_log_var)
    return tf.constant(-0.5 * np.sum(1 + z_log_var - z_mean**2 - np.exp(z_log_var), axis=-1))
