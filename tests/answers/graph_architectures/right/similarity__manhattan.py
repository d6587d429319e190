"""The exponential of minus the Manhattan distance, without a head.

question: similarity
"""

def build_similarity_model(timesteps, features):
    left, right = keras.Input((timesteps, features)), keras.Input((timesteps, features))
    shared = layers.LSTM(32)
    distance = ops.sum(ops.abs(shared(left) - shared(right)), axis=1, keepdims=True)
    return keras.Model([left, right], ops.exp(-distance))
