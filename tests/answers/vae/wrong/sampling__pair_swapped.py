"""Takes the pair apart in the wrong order.

question: sampling
fails: test_narrow_clouds, test_spread, test_gradients
"""


class Sampling(layers.Layer):
    def call(self, inputs):
        z_log_var, z_mean = inputs
        return z_mean + ops.exp(0.5 * z_log_var) * keras.random.normal(ops.shape(z_mean))
