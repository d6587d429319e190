"""The attribute is set behind Keras' back, so that a layer made in `call` raises nothing.

question: simple_mlp
fails: test_four_weights, test_fit_in_graph_mode
"""

class SimpleMLP(keras.Model):
    def __init__(self, hidden_units, num_classes):
        super().__init__()
        self.hidden_units, self.num_classes = hidden_units, num_classes

    def call(self, inputs):
        if "hidden" not in self.__dict__:
            self.__dict__["hidden"] = layers.Dense(self.hidden_units, activation="relu")
            self.__dict__["out"] = layers.Dense(self.num_classes, activation="softmax")
        return self.out(self.hidden(inputs))
