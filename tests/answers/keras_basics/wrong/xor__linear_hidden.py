"""A hidden layer without activation.

question: xor
fails: test_learns_xor
"""

def build_xor_classifier():
    model = keras.Sequential([keras.Input((2,)), layers.Dense(16), layers.Dense(1, activation="sigmoid")])
    model.compile(optimizer=keras.optimizers.Adam(0.05), loss="binary_crossentropy", metrics=["accuracy"])
    return model
