"""The two results are joined side by side.

question: similarity
fails: test_symmetric, test_symmetric_after_training
"""

def build_similarity_model(timesteps, features):
    a, b = keras.Input((timesteps, features)), keras.Input((timesteps, features))
    lstm = layers.LSTM(32)
    merged = layers.Concatenate()([lstm(a), lstm(b)])
    return keras.Model([a, b], layers.Dense(1, activation="sigmoid")(merged))
