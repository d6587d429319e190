"""Only the output layer is made in `call`.

question: simple_mlp
fails: test_four_weights, test_same_weights_in_every_call, test_fit_in_graph_mode, test_inside_another_model
"""

class SimpleMLP(keras.Model):
    def __init__(self, hidden_units, num_classes):
        super().__init__()
        self.num_classes = num_classes
        self.hidden = layers.Dense(hidden_units, activation="relu")

    def call(self, inputs):
        return layers.Dense(self.num_classes, activation="softmax")(self.hidden(inputs))
