"""A GaussianNoise layer on zeros, told to train always.

question: sampling
"""


class Sampling(layers.Layer):
    def __init__(self, stddev=1.0, **kwargs):
        super().__init__(**kwargs)
        self.noise = layers.GaussianNoise(stddev)

    def build(self, input_shape):
        super().build(input_shape)

    def call(self, inputs):
        z_mean, z_log_var = inputs
        epsilon = self.noise(ops.zeros_like(z_mean), training=True)
        return z_mean + ops.exp(0.5 * z_log_var) * epsilon
