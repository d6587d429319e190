"""As many outputs as hidden units, and as many hidden units as classes.

question: simple_mlp
fails: test_four_weights, test_two_layers_in_order, test_reads_held_out_digits
"""

class SimpleMLP(keras.Model):
    def __init__(self, num_classes, hidden_units):
        super().__init__()
        self.hidden = layers.Dense(hidden_units, activation="relu")
        self.out = layers.Dense(num_classes, activation="softmax")

    def call(self, inputs):
        return self.out(self.hidden(inputs))
