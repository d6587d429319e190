"""Uniform noise, scaled to variance 1.

question: sampling
fails: test_normal
"""


class Sampling(layers.Layer):
    def call(self, inputs):
        z_mean, z_log_var = inputs
        epsilon = keras.random.uniform(ops.shape(z_mean), minval=-(3**0.5), maxval=3**0.5)
        return z_mean + ops.exp(0.5 * z_log_var) * epsilon
