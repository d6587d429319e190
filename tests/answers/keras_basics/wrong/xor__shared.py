"""The same model every time.

question: xor
fails: test_a_new_model_each_time
"""

MODEL = keras.Sequential([keras.Input((2,)), layers.Dense(16, activation="tanh"), layers.Dense(1, activation="sigmoid")])
MODEL.compile(optimizer=keras.optimizers.Adam(0.05), loss="binary_crossentropy", metrics=["accuracy"])


def build_xor_classifier():
    return MODEL
