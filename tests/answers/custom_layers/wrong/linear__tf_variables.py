"""Plain `tf.Variable`s, which Keras does not track.

question: linear
fails: test_weights_whatever_the_leading_axes, test_affine_map_over_leading_axes
"""

class Linear(layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.kernel = tf.Variable(tf.random.normal((input_shape[-1], self.units), stddev=0.1))
        self.bias = tf.Variable(tf.zeros(self.units))

    def call(self, inputs):
        return ops.matmul(inputs, self.kernel) + self.bias

    def get_config(self):
        return {**super().get_config(), "units": self.units}
