"""The hidden layer has no activation.

question: simple_mlp
fails: test_two_layers_in_order, test_fit_in_graph_mode
"""

class SimpleMLP(keras.Model):
    def __init__(self, hidden_units, num_classes):
        super().__init__()
        self.hidden = layers.Dense(hidden_units)
        self.out = layers.Dense(num_classes, activation="softmax")

    def call(self, inputs):
        return self.out(self.hidden(inputs))
