"""The cosine of the two, scaled by one unit.

question: similarity
"""

def build_similarity_model(timesteps, features):
    a, b = keras.Input((timesteps, features)), keras.Input((timesteps, features))
    lstm = layers.LSTM(32)
    cosine = layers.Dot(axes=1, normalize=True)([lstm(a), lstm(b)])
    return keras.Model([a, b], layers.Dense(1, activation="sigmoid")(cosine))
