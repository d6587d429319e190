"""Made once in `__init__`, but inside a function that is kept as an attribute: untracked.

question: simple_mlp
fails: test_four_weights, test_two_layers_in_order, test_fit_in_graph_mode, test_inside_another_model
"""

class SimpleMLP(keras.Model):
    def __init__(self, hidden_units, num_classes):
        super().__init__()
        hidden = layers.Dense(hidden_units, activation="relu")
        out = layers.Dense(num_classes, activation="softmax")
        self.forward = lambda inputs: out(hidden(inputs))

    def call(self, inputs):
        return self.forward(inputs)
