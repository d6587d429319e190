"""By einsum, with the bias made first and `super().build` called.

question: linear
"""

class Linear(layers.Layer):
    def __init__(self, units, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self.units = int(units)

    def build(self, input_shape):
        self.bias = self.add_weight(name="bias", shape=(self.units,), initializer=keras.initializers.Zeros())
        self.kernel = self.add_weight(name="kernel", shape=(input_shape[-1], self.units), initializer="he_normal")
        super().build(input_shape)

    def call(self, inputs):
        return ops.einsum("...d,du->...u", inputs, self.kernel) + self.bias

    def get_config(self):
        return super().get_config() | {"units": self.units}
