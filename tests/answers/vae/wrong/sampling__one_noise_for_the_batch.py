"""One noise vector for all images of the batch.

question: sampling
fails: test_fresh_noise
"""


class Sampling(layers.Layer):
    def call(self, inputs):
        z_mean, z_log_var = inputs
        epsilon = keras.random.normal((1, z_mean.shape[-1]))
        return z_mean + ops.exp(0.5 * z_log_var) * epsilon
