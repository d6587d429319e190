"""A head without symmetry, applied in both orders and added.

question: similarity
"""

def build_similarity_model(timesteps, features):
    a, b = keras.Input((timesteps, features)), keras.Input((timesteps, features))
    lstm = layers.LSTM(32)
    head = keras.Sequential([layers.Dense(8, activation="relu"), layers.Dense(1)])
    u, v = lstm(a), lstm(b)
    logit = head(layers.Concatenate()([u, v])) + head(layers.Concatenate()([v, u]))
    return keras.Model([a, b], ops.sigmoid(logit))
