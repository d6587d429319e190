"""Made once, but kept in a dict that Keras does not see: alike in each call, never trained.

question: simple_mlp
fails: test_four_weights, test_fit_in_graph_mode, test_inside_another_model, test_reads_held_out_digits
"""

class SimpleMLP(keras.Model):
    def __init__(self, hidden_units, num_classes):
        super().__init__()
        self.hidden_units, self.num_classes = hidden_units, num_classes

    def call(self, inputs):
        kept = _KEPT.setdefault(id(self), {})
        if not kept:
            kept["hidden"] = layers.Dense(self.hidden_units, activation="relu")
            kept["out"] = layers.Dense(self.num_classes, activation="softmax")
        return kept["out"](kept["hidden"](inputs))


_KEPT = {}
