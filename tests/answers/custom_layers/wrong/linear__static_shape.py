"""Reshapes by `inputs.shape`, which holds None in a model of unknown length.

question: linear
fails: test_in_a_model_of_unknown_length
"""

class Linear(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), initializer="glorot_uniform")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, inputs):
        rows = ops.reshape(inputs, (-1, inputs.shape[-1]))
        return ops.reshape(ops.matmul(rows, self.kernel) + self.bias, (*inputs.shape[:-1], self.units))

    def get_config(self):
        return {**super().get_config(), "units": self.units}
