"""By TensorFlow's tensordot, kernel and bias as `keras.Variable`.

question: linear
"""

class Linear(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        start = keras.initializers.GlorotNormal()
        self.kernel = keras.Variable(start((input_shape[-1], self.units), dtype=self.variable_dtype), dtype=self.variable_dtype)
        self.bias = keras.Variable(tf.zeros(self.units, self.variable_dtype), dtype=self.variable_dtype)

    def call(self, inputs):
        return tf.nn.bias_add(tf.tensordot(inputs, self.kernel.value, axes=1), self.bias.value)

    def get_config(self):
        base = super().get_config()
        return dict(list(base.items()) + [("units", self.units)])
