"""The LSTM reads the pair side by side, in both orders: symmetric, but never one sequence alone.

question: similarity
fails: test_one_lstm
"""

def build_similarity_model(timesteps, features):
    a, b = keras.Input((timesteps, features)), keras.Input((timesteps, features))
    lstm = layers.LSTM(32)
    forth = lstm(layers.Concatenate()([a, b]))
    back = lstm(layers.Concatenate()([b, a]))
    return keras.Model([a, b], layers.Dense(1, activation="sigmoid")(forth + back))
