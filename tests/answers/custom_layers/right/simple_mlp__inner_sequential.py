"""A Sequential model inside.

question: simple_mlp
"""

class SimpleMLP(keras.Model):
    def __init__(self, hidden_units, num_classes):
        super().__init__()
        self.net = keras.Sequential([
            layers.Dense(hidden_units),
            layers.ReLU(),
            layers.Dense(num_classes),
            layers.Softmax(),
        ])

    def call(self, inputs):
        return self.net(inputs)
