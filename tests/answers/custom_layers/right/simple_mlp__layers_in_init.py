"""Both Dense layers are attributes made in `__init__`.

question: simple_mlp
"""

class SimpleMLP(keras.Model):
    def __init__(self, hidden_units, num_classes):
        super().__init__()
        self.dense1 = layers.Dense(hidden_units, activation="relu")
        self.dense2 = layers.Dense(num_classes, activation="softmax")

    def call(self, inputs):
        x = self.dense1(inputs)
        return self.dense2(x)
