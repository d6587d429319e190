"""Two LSTMs that start with the same weights.

question: similarity
fails: test_symmetric, test_one_lstm, test_symmetric_after_training
"""

def build_similarity_model(timesteps, features):
    a, b = keras.Input((timesteps, features)), keras.Input((timesteps, features))
    one, other = layers.LSTM(32), layers.LSTM(32)
    u, v = one(a), other(b)
    other.set_weights(one.get_weights())
    return keras.Model([a, b], layers.Dense(1, activation="sigmoid")(ops.abs(u - v)))
