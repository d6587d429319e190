"""Functional, absolute error, tanh.

question: regressor
"""

def build_regressor(num_features):
    x = inputs = keras.Input(shape=(num_features,))
    x = layers.Dense(64, activation="relu")(x)
    x = layers.Dense(64, activation="relu")(x)
    model = keras.Model(inputs, layers.Dense(1, activation="linear")(x))
    model.compile("adam", loss=keras.losses.MeanAbsoluteError())
    model.optimizer.learning_rate = 0.01
    return model
