"""Global layers, tracked by each model that is made.

question: simple_mlp
fails: test_same_weights_in_every_call
"""

_HIDDEN, _OUT = {}, {}


class SimpleMLP(keras.Model):
    def __init__(self, hidden_units, num_classes):
        super().__init__()
        self.hidden = _HIDDEN.setdefault(hidden_units, layers.Dense(hidden_units, activation="relu"))
        self.out = _OUT.setdefault(num_classes, layers.Dense(num_classes, activation="softmax"))

    def call(self, inputs):
        return self.out(self.hidden(inputs))
