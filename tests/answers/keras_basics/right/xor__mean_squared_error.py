"""Squared error of the probability, RMSprop.

question: xor
"""

def build_xor_classifier():
    model = keras.Sequential([layers.Dense(32, activation="tanh"), layers.Dense(1, activation="sigmoid")])
    model.build((None, 2))
    model.compile(optimizer=keras.optimizers.RMSprop(0.03), loss="mse")
    return model
