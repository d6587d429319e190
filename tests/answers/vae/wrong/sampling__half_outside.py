"""One half of the variance: the half stands outside the exponential.

question: sampling
fails: test_spread, test_gradients
"""


class Sampling(layers.Layer):
    def call(self, inputs):
        z_mean, z_log_var = inputs
        return z_mean + 0.5 * ops.exp(z_log_var) * keras.random.normal(ops.shape(z_mean))
