"""Two new Dense layers in every call.

question: simple_mlp
fails: test_four_weights, test_same_weights_in_every_call, test_two_layers_in_order, test_fit_in_graph_mode, test_inside_another_model
"""

class SimpleMLP(keras.Model):
    def __init__(self, hidden_units, num_classes):
        super().__init__()
        self.hidden_units, self.num_classes = hidden_units, num_classes

    def call(self, inputs):
        x = layers.Dense(self.hidden_units, activation="relu")(inputs)
        return layers.Dense(self.num_classes, activation="softmax")(x)
