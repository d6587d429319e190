"""The kernel acts, but its gradient is stopped.

question: linear
fails: test_gradient_reaches_both_weights
"""

class Linear(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(input_shape[-1], self.units), initializer="glorot_uniform")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, inputs):
        return ops.matmul(inputs, ops.stop_gradient(self.kernel)) + self.bias

    def get_config(self):
        return {**super().get_config(), "units": self.units}
