"""Distance and product, a hidden layer, then a sigmoid.

question: similarity
"""

def build_similarity_model(timesteps, features):
    a = keras.Input((timesteps, features), name="a")
    b = keras.Input((timesteps, features), name="b")
    lstm = layers.LSTM(32)
    u, v = lstm(a), lstm(b)
    merged = layers.concatenate([ops.abs(u - v), layers.multiply([u, v])])
    hidden = layers.Dense(16, activation="relu")(merged)
    return keras.Model(inputs=[a, b], outputs=layers.Dense(1, activation="sigmoid")(hidden))
