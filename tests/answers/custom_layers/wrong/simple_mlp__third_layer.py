"""A hidden layer too many.

question: simple_mlp
fails: test_four_weights, test_two_layers_in_order, test_fit_in_graph_mode, test_inside_another_model
"""

class SimpleMLP(keras.Model):
    def __init__(self, hidden_units, num_classes):
        super().__init__()
        self.net = [layers.Dense(hidden_units, "relu"), layers.Dense(hidden_units, "relu"), layers.Dense(num_classes, "softmax")]

    def call(self, inputs):
        for layer in self.net:
            inputs = layer(inputs)
        return inputs
