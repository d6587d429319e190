"""A layer with weights of its own and Keras' operations.

question: separable
"""

class Separable(layers.Layer):
    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters

    def build(self, shape):
        self.d = self.add_weight(shape=(3, 3, shape[-1], 1), initializer="glorot_uniform")
        self.p = self.add_weight(shape=(shape[-1], self.filters), initializer="glorot_uniform")
        self.b = self.add_weight(shape=(self.filters,), initializer="zeros")

    def call(self, x):
        z = ops.depthwise_conv(x, self.d, padding="same")
        return ops.relu(ops.matmul(z, self.p) + self.b)

    def compute_output_shape(self, shape):
        return (*shape[:-1], self.filters)


def separable_block(x, filters):
    return Separable(filters)(x)
