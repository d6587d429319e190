"""exp(log-variance): the variance where the standard deviation belongs.

question: sampling
fails: test_spread, test_gradients, test_in_a_model
"""


class Sampling(layers.Layer):
    def call(self, inputs):
        z_mean, z_log_var = inputs
        return z_mean + ops.exp(z_log_var) * keras.random.normal(ops.shape(z_mean))
