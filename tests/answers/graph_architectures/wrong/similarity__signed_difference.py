"""The difference keeps its sign.

question: similarity
fails: test_symmetric, test_symmetric_after_training
"""

def build_similarity_model(timesteps, features):
    a, b = keras.Input((timesteps, features)), keras.Input((timesteps, features))
    lstm = layers.LSTM(32)
    return keras.Model([a, b], layers.Dense(1, activation="sigmoid")(lstm(a) - lstm(b)))
