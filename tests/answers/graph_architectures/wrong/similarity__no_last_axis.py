"""The output has no axis for its one number.

question: similarity
fails: test_one_probability
"""

def build_similarity_model(timesteps, features):
    a, b = keras.Input((timesteps, features)), keras.Input((timesteps, features))
    lstm = layers.LSTM(32)
    return keras.Model([a, b], ops.exp(-ops.sum(ops.abs(lstm(a) - lstm(b)), axis=1)))
