"""Another number of units.

question: similarity
fails: test_one_lstm
"""

def build_similarity_model(timesteps, features):
    a, b = keras.Input((timesteps, features)), keras.Input((timesteps, features))
    lstm = layers.LSTM(64)
    return keras.Model([a, b], layers.Dense(1, activation="sigmoid")(ops.abs(lstm(a) - lstm(b))))
