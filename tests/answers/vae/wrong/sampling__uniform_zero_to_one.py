"""Uniform noise from 0 to 1, by the wrong random function.

question: sampling
fails: test_spread
"""


class Sampling(layers.Layer):
    def call(self, inputs):
        z_mean, z_log_var = inputs
        return z_mean + ops.exp(0.5 * z_log_var) * keras.random.uniform(ops.shape(z_mean))
