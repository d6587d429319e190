"""Reads the first sequence twice.

question: similarity
fails: test_symmetric, test_every_step_counts
"""

def build_similarity_model(timesteps, features):
    a, b = keras.Input((timesteps, features)), keras.Input((timesteps, features))
    lstm = layers.LSTM(32)
    u, v = lstm(a), lstm(a)
    return keras.Model([a, b], layers.Dense(1, activation="sigmoid")(u * v))
