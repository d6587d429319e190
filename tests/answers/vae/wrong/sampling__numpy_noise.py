"""NumPy noise of the batch's static shape: a constant in a graph, and no shape while a model is built.

question: sampling
fails: test_in_a_model
"""


class Sampling(layers.Layer):
    def call(self, inputs):
        z_mean, z_log_var = inputs
        rows = z_mean.shape[0] or 1
        epsilon = np.random.normal(size=(rows, z_mean.shape[1])).astype("float32")
        return z_mean + ops.exp(0.5 * z_log_var) * epsilon
