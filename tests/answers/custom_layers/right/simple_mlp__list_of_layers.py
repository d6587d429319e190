"""The layers stand in a list, which Keras tracks.

question: simple_mlp
"""

class SimpleMLP(keras.Model):
    def __init__(self, hidden_units, num_classes):
        super().__init__()
        self.blocks = [layers.Dense(hidden_units, "relu"), layers.Dense(num_classes, "softmax")]

    def call(self, inputs, training=None):
        for block in self.blocks:
            inputs = block(inputs)
        return inputs
