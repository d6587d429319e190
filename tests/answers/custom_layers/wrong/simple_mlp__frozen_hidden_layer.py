"""The hidden layer is not trainable.

question: simple_mlp
fails: test_four_weights, test_fit_in_graph_mode
"""

class SimpleMLP(keras.Model):
    def __init__(self, hidden_units, num_classes):
        super().__init__()
        self.hidden = layers.Dense(hidden_units, activation="relu", trainable=False)
        self.out = layers.Dense(num_classes, activation="softmax")

    def call(self, inputs):
        return self.out(self.hidden(inputs))
