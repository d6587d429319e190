"""Multiplies by the kernel's values in NumPy: no gradient, no graph.

question: linear
fails: test_in_a_model_of_unknown_length, test_gradient_reaches_both_weights
"""

class Linear(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), initializer="glorot_uniform")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, inputs):
        return tf.constant(np.dot(np.asarray(inputs), np.asarray(self.kernel)) + np.asarray(self.bias))

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], self.units)

    def get_config(self):
        return {**super().get_config(), "units": self.units}
