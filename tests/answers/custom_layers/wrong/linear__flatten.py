"""Flattens all axes but the first, so that the kernel grows with them.

question: linear
fails: test_weights_whatever_the_leading_axes, test_affine_map_over_leading_axes, test_in_a_model_of_unknown_length
"""

class Linear(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.d = int(np.prod(input_shape[1:]))
        self.kernel = self.add_weight(shape=(self.d, self.units), initializer="glorot_uniform")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, inputs):
        return ops.matmul(ops.reshape(inputs, (-1, self.d)), self.kernel) + self.bias

    def get_config(self):
        return {**super().get_config(), "units": self.units}
