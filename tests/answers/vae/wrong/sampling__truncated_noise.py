"""Truncated normal noise, which has a smaller spread.

question: sampling
fails: test_spread
"""


class Sampling(layers.Layer):
    def call(self, inputs):
        z_mean, z_log_var = inputs
        return z_mean + ops.exp(0.5 * z_log_var) * keras.random.truncated_normal(ops.shape(z_mean))
