"""Takes the root of the logarithm instead of half of it.

question: sampling
fails: test_spread, test_gradients
"""


class Sampling(layers.Layer):
    def call(self, inputs):
        z_mean, z_log_var = inputs
        return z_mean + ops.exp(ops.sqrt(ops.abs(z_log_var))) * keras.random.normal(ops.shape(z_mean))
