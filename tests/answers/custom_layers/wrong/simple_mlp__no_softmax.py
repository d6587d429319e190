"""Scores instead of probabilities.

question: simple_mlp
fails: test_two_layers_in_order
"""

class SimpleMLP(keras.Model):
    def __init__(self, hidden_units, num_classes):
        super().__init__()
        self.hidden = layers.Dense(hidden_units, activation="relu")
        self.out = layers.Dense(num_classes)

    def call(self, inputs):
        return self.out(self.hidden(inputs))
