"""Layers that belong to the class: all models share them, and none tracks them.

question: simple_mlp
fails: test_four_weights, test_same_weights_in_every_call, test_two_layers_in_order
"""

class SimpleMLP(keras.Model):
    hidden = layers.Dense(7, activation="relu")
    out = layers.Dense(3, activation="softmax")

    def __init__(self, hidden_units, num_classes):
        super().__init__()

    def call(self, inputs):
        return self.out(self.hidden(inputs))
