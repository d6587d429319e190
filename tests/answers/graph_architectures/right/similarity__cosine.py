"""The cosine of the two, scaled by one unit that starts at 1: a negative start would have to turn round.

question: similarity
"""

def build_similarity_model(timesteps, features):
    a, b = keras.Input((timesteps, features)), keras.Input((timesteps, features))
    lstm = layers.LSTM(32)
    cosine = layers.Dot(axes=1, normalize=True)([lstm(a), lstm(b)])
    return keras.Model([a, b], layers.Dense(1, activation="sigmoid", kernel_initializer="ones")(cosine))
