"""Takes timesteps for features.

question: similarity
fails: test_one_probability
"""

def build_similarity_model(timesteps, features):
    a, b = keras.Input((features, timesteps)), keras.Input((features, timesteps))
    lstm = layers.LSTM(32)
    return keras.Model([a, b], layers.Dense(1, activation="sigmoid")(ops.abs(lstm(a) - lstm(b))))
