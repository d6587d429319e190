"""Both sequences in one batch, read at once and taken apart again.

question: similarity
"""

class Halves(layers.Layer):
    def call(self, both):
        u, v = ops.split(both, 2, axis=0)
        return ops.square(u - v)

    def compute_output_shape(self, shape):
        return (None, shape[1])


def build_similarity_model(timesteps, features):
    a, b = keras.Input((timesteps, features)), keras.Input((timesteps, features))
    both = layers.Concatenate(axis=0)([a, b])
    encoded = layers.RNN(layers.LSTMCell(32))(both)
    return keras.Model([a, b], layers.Dense(1, activation="sigmoid")(Halves()(encoded)))
