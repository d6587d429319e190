"""Makes a seeded generator anew in each call.

question: sampling
fails: test_fresh_noise
"""


class Sampling(layers.Layer):
    def call(self, inputs):
        z_mean, z_log_var = inputs
        generator = np.random.default_rng(42)
        epsilon = tf.random.stateless_normal(tf.shape(z_mean), seed=generator.integers(1000, size=2))
        return z_mean + ops.exp(0.5 * z_log_var) * epsilon
