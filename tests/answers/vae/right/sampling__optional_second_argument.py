"""Takes the pair, or two arguments.

question: sampling
"""


class Sampling(layers.Layer):
    def call(self, z_mean, z_log_var=None):
        if z_log_var is None:
            z_mean, z_log_var = z_mean
        std = ops.exp(ops.multiply(z_log_var, 0.5))
        return ops.add(z_mean, ops.multiply(std, keras.random.normal(ops.shape(std), dtype=std.dtype)))
