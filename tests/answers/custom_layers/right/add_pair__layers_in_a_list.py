"""Made in `build` into a list.

question: add_pair
"""

class AddPair(layers.Layer):
    def __init__(self):
        super().__init__()
        self.parts = []

    def build(self, input_shape):
        self.parts.append(layers.Dense(input_shape[0][-1], kernel_initializer="he_normal"))
        super().build(input_shape)

    def call(self, inputs):
        a, b = inputs
        for part in self.parts:
            a = part(b) + a
        return a
