"""Draws with NumPy: no gradient, and nothing to draw while a model is built.

question: sampling
fails: test_gradients, test_in_a_model
"""


class Sampling(layers.Layer):
    def call(self, inputs):
        z_mean, z_log_var = inputs
        return ops.convert_to_tensor(np.random.normal(np.asarray(z_mean), np.exp(0.5 * np.asarray(z_log_var))).astype("float32"))
