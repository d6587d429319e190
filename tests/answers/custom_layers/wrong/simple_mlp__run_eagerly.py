"""Layers still made in `call`, and graph mode switched off so that nothing complains.

question: simple_mlp
fails: test_four_weights, test_same_weights_in_every_call, test_fit_in_graph_mode
"""

class SimpleMLP(keras.Model):
    def __init__(self, hidden_units, num_classes):
        super().__init__()
        self.hidden_units, self.num_classes = hidden_units, num_classes

    def compile(self, *args, **kwargs):
        super().compile(*args, **{**kwargs, "run_eagerly": True})

    def call(self, inputs):
        x = layers.Dense(self.hidden_units, activation="relu")(inputs)
        return layers.Dense(self.num_classes, activation="softmax")(x)
