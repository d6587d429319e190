"""Kept layers, but `compile` still forces eager mode.

question: simple_mlp
fails: test_fit_in_graph_mode
"""

class SimpleMLP(keras.Model):
    def __init__(self, hidden_units, num_classes):
        super().__init__()
        self.hidden = layers.Dense(hidden_units, activation="relu")
        self.out = layers.Dense(num_classes, activation="softmax")

    def compile(self, *args, **kwargs):
        super().compile(*args, **{**kwargs, "run_eagerly": True})

    def call(self, inputs):
        return self.out(self.hidden(inputs))
