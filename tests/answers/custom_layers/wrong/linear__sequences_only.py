"""Loops over the second axis, as if every input were a sequence.

question: linear
fails: test_weights_whatever_the_leading_axes, test_in_a_model_of_unknown_length
"""

class Linear(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), initializer="glorot_uniform")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, inputs):
        if len(inputs.shape) == 2:
            return ops.matmul(inputs, self.kernel) + self.bias
        steps = [ops.matmul(inputs[:, t], self.kernel) + self.bias for t in range(inputs.shape[1])]
        return ops.stack(steps, axis=0)

    def get_config(self):
        return {**super().get_config(), "units": self.units}
