"""The layers are made in `build`, when the input's shape is known.

question: simple_mlp
"""

class SimpleMLP(keras.Model):
    def __init__(self, hidden_units, num_classes):
        super().__init__()
        self.hidden_units, self.num_classes = hidden_units, num_classes

    def build(self, input_shape):
        self.hidden = layers.Dense(self.hidden_units, activation="relu")
        self.out = layers.Dense(self.num_classes)
        self.hidden.build(input_shape)
        self.out.build((*input_shape[:-1], self.hidden_units))

    def call(self, inputs):
        return keras.activations.softmax(self.out(self.hidden(inputs)))
