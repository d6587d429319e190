"""add_weight inside `call`.

question: linear
fails: test_weights_whatever_the_leading_axes, test_affine_map_over_leading_axes
"""

class Linear(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def call(self, inputs):
        kernel = self.add_weight(shape=(inputs.shape[-1], self.units), initializer="glorot_uniform")
        bias = self.add_weight(shape=(self.units,), initializer="zeros")
        return ops.matmul(inputs, kernel) + bias

    def get_config(self):
        return {**super().get_config(), "units": self.units}
