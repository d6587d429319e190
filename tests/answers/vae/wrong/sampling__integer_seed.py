"""An integer seed: the same noise in each call.

question: sampling
fails: test_fresh_noise, test_in_a_model
"""


class Sampling(layers.Layer):
    def call(self, inputs):
        z_mean, z_log_var = inputs
        return z_mean + ops.exp(0.5 * z_log_var) * keras.random.normal(ops.shape(z_mean), seed=1337)
