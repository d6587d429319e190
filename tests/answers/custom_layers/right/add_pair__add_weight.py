"""Kernel and bias by add_weight.

question: add_pair
"""

class AddPair(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)

    def build(self, shapes):
        (*_, m), (*_, n) = shapes
        self.kernel = self.add_weight(shape=(n, m), initializer="glorot_uniform", name="kernel")
        self.bias = self.add_weight(shape=(m,), initializer="zeros", name="bias")

    def call(self, pair):
        return pair[0] + ops.matmul(pair[1], self.kernel) + self.bias
