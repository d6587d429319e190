"""The log-variance itself as the spread.

question: sampling
fails: test_narrow_clouds, test_spread, test_gradients
"""


class Sampling(layers.Layer):
    def call(self, inputs):
        z_mean, z_log_var = inputs
        return z_mean + z_log_var * keras.random.normal(ops.shape(z_mean))
