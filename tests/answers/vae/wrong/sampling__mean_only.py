"""Forgets to draw.

question: sampling
fails: test_spread, test_gradients
"""


class Sampling(layers.Layer):
    def call(self, inputs):
        z_mean, z_log_var = inputs
        return z_mean
