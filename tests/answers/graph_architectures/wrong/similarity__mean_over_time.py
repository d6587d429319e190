"""No LSTM: the mean over the steps of a Dense layer.

question: similarity
fails: test_one_lstm, test_every_step_counts
"""

def build_similarity_model(timesteps, features):
    a, b = keras.Input((timesteps, features)), keras.Input((timesteps, features))
    dense = layers.Dense(32, activation="tanh")
    u, v = ops.mean(dense(a), axis=1), ops.mean(dense(b), axis=1)
    return keras.Model([a, b], layers.Dense(1, activation="sigmoid")(ops.abs(u - v)))
