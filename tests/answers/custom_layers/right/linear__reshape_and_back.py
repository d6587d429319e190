"""All positions in one long batch, then back, with shapes asked for at run time.

question: linear
"""

class Linear(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units))
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, inputs):
        rows = ops.reshape(inputs, (-1, inputs.shape[-1]))
        result = ops.matmul(rows, self.kernel) + self.bias
        return ops.reshape(result, (*ops.shape(inputs)[:-1], self.units))

    def get_config(self):
        return {"units": self.units, **super().get_config()}
