"""The two results are added: symmetric, but no comparison.

question: similarity
fails: test_compares, test_learns_pairs_of_digits
"""

def build_similarity_model(timesteps, features):
    a, b = keras.Input((timesteps, features)), keras.Input((timesteps, features))
    lstm = layers.LSTM(32)
    return keras.Model([a, b], layers.Dense(1, activation="sigmoid")(layers.Add()([lstm(a), lstm(b)])))
