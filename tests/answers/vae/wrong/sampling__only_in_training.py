"""Draws in training only, and returns the mean outside of it.

question: sampling
fails: test_spread, test_in_a_model
"""


class Sampling(layers.Layer):
    def call(self, inputs, training=False):
        z_mean, z_log_var = inputs
        if not training:
            return z_mean
        return z_mean + ops.exp(0.5 * z_log_var) * keras.random.normal(ops.shape(z_mean))
