"""Squared difference, and a hidden layer as wide as the LSTM's kernel.

question: similarity
"""

def build_similarity_model(timesteps, features):
    pair = [keras.Input(shape=(timesteps, features)) for _ in "ab"]
    reader = keras.layers.LSTM(units=32)
    u, v = [reader(sequence) for sequence in pair]
    squared = keras.ops.square(keras.ops.subtract(u, v))
    hidden = keras.layers.Dense(128, activation="tanh")(squared)
    logit = keras.layers.Dense(1)(hidden)
    return keras.Model(pair, keras.layers.Activation("sigmoid")(logit))
