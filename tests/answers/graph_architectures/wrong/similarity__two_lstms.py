"""Each sequence has an LSTM of its own.

question: similarity
fails: test_symmetric, test_one_lstm
"""

def build_similarity_model(timesteps, features):
    a, b = keras.Input((timesteps, features)), keras.Input((timesteps, features))
    u, v = layers.LSTM(32)(a), layers.LSTM(32)(b)
    return keras.Model([a, b], layers.Dense(1, activation="sigmoid")(ops.abs(u - v)))
