"""A GRU for the LSTM.

question: similarity
fails: test_one_lstm
"""

def build_similarity_model(timesteps, features):
    a, b = keras.Input((timesteps, features)), keras.Input((timesteps, features))
    gru = layers.GRU(32)
    return keras.Model([a, b], layers.Dense(1, activation="sigmoid")(ops.abs(gru(a) - gru(b))))
