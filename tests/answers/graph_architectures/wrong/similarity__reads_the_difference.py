"""The LSTM reads the absolute difference of the two sequences.

question: similarity
fails: test_compares
"""

def build_similarity_model(timesteps, features):
    a, b = keras.Input((timesteps, features)), keras.Input((timesteps, features))
    u = layers.LSTM(32)(ops.abs(a - b))
    return keras.Model([a, b], layers.Dense(1, activation="sigmoid")(u))
