"""An LSTM in each direction.

question: similarity
fails: test_one_lstm
"""

def build_similarity_model(timesteps, features):
    a, b = keras.Input((timesteps, features)), keras.Input((timesteps, features))
    reader = layers.Bidirectional(layers.LSTM(32))
    return keras.Model([a, b], layers.Dense(1, activation="sigmoid")(ops.abs(reader(a) - reader(b))))
