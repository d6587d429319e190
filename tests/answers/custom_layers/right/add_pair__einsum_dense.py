"""An EinsumDense and an Add layer as attributes.

question: add_pair
"""

class AddPair(layers.Layer):
    def build(self, input_shape):
        width = input_shape[0][-1]
        self.dense = layers.EinsumDense("...n,nm->...m", output_shape=width, bias_axes="m")
        self.add = layers.Add()

    def call(self, inputs):
        return self.add([inputs[0], self.dense(inputs[1])])
