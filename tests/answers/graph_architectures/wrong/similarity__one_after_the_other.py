"""The LSTM reads the second sequence after the first.

question: similarity
fails: test_symmetric
"""

def build_similarity_model(timesteps, features):
    a, b = keras.Input((timesteps, features)), keras.Input((timesteps, features))
    u = layers.LSTM(32)(layers.Concatenate(axis=1)([a, b]))
    return keras.Model([a, b], layers.Dense(1, activation="sigmoid")(u))
