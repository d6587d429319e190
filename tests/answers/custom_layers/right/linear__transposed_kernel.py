"""The kernel is kept as (units, d) and transposed in use; the config is whatever Keras makes of `__init__`.

question: linear
"""

class Linear(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(shape=(self.units, input_shape[-1]), initializer="glorot_uniform")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, inputs):
        return ops.sum(ops.expand_dims(inputs, -2) * self.w, axis=-1) + self.b
