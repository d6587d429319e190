"""Only the first sequence teaches the LSTM.

question: similarity
fails: test_symmetric_after_training
"""

def build_similarity_model(timesteps, features):
    a, b = keras.Input((timesteps, features)), keras.Input((timesteps, features))
    lstm = layers.LSTM(32)
    u, v = lstm(a), ops.stop_gradient(lstm(b))
    return keras.Model([a, b], layers.Dense(1, activation="sigmoid")(ops.square(u - v)))
