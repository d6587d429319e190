"""Lets the random function shift and scale.

question: sampling
"""


class Sampling(layers.Layer):
    def call(self, inputs, training=None):
        z_mean, z_log_var = inputs
        return keras.random.normal(ops.shape(z_mean), mean=z_mean, stddev=ops.exp(z_log_var / 2))
