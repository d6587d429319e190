"""Normal numbers made from uniform ones, and subtracted instead of added.

question: sampling
"""


def standard_normal(shape):
    radius = ops.sqrt(-2.0 * ops.log(keras.random.uniform(shape, minval=1e-7, maxval=1.0)))
    return radius * ops.cos(2.0 * np.pi * keras.random.uniform(shape))


class Sampling(layers.Layer):
    """z ~ N(z_mean, exp(z_log_var))."""

    def call(self, inputs):
        z_mean, z_log_var = inputs
        return z_mean - standard_normal(ops.shape(z_mean)) * ops.exp(0.5 * z_log_var)
