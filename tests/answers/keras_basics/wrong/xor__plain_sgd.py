"""SGD with its default learning rate.

question: xor
fails: test_learns_xor
"""

def build_xor_classifier():
    model = keras.Sequential([keras.Input((2,)), layers.Dense(16, activation="tanh"), layers.Dense(1, activation="sigmoid")])
    model.compile(optimizer="sgd", loss="binary_crossentropy", metrics=["accuracy"])
    return model
