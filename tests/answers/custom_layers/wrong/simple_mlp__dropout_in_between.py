"""A dropout that nobody asked for: other outputs in training.

question: simple_mlp
fails: test_same_weights_in_every_call, test_fit_in_graph_mode
"""

class SimpleMLP(keras.Model):
    def __init__(self, hidden_units, num_classes):
        super().__init__()
        self.hidden = layers.Dense(hidden_units, activation="relu")
        self.dropout = layers.Dropout(0.5)
        self.out = layers.Dense(num_classes, activation="softmax")

    def call(self, inputs, training=False):
        return self.out(self.dropout(self.hidden(inputs), training=training))
