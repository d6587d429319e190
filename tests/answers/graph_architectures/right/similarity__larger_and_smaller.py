"""The larger and the smaller number of each pair.

question: similarity
"""

def build_similarity_model(timesteps, features):
    a, b = keras.Input((timesteps, features)), keras.Input((timesteps, features))
    lstm = layers.LSTM(32, name="reader")
    u, v = lstm(a), lstm(b)
    ordered = layers.Concatenate()([layers.Maximum()([u, v]), layers.Minimum()([u, v])])
    return keras.Model([a, b], layers.Dense(1, activation="sigmoid")(ordered))
