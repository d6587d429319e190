"""A model as a class.

question: similarity
"""

class Similarity(keras.Model):
    def __init__(self):
        super().__init__()
        self.lstm = layers.LSTM(32)
        self.hidden = layers.Dense(12, activation="tanh")
        self.out = layers.Dense(1, activation="sigmoid")

    def call(self, inputs):
        a, b = inputs
        u, v = self.lstm(a), self.lstm(b)
        return self.out(self.hidden(u * v + ops.abs(u - v)))


def build_similarity_model(timesteps, features):
    return Similarity()
