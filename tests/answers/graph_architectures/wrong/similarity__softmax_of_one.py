"""A softmax over a single number, which is always 1.

question: similarity
fails: test_symmetric
"""

def build_similarity_model(timesteps, features):
    a, b = keras.Input((timesteps, features)), keras.Input((timesteps, features))
    lstm = layers.LSTM(32)
    return keras.Model([a, b], layers.Dense(1, activation="softmax")(ops.abs(lstm(a) - lstm(b))))
