"""Not compiled.

question: xor
fails: test_learns_xor, test_loss_for_two_classes
"""

def build_xor_classifier():
    model = keras.Sequential([keras.Input((2,)), layers.Dense(16, activation="tanh"), layers.Dense(1, activation="sigmoid")])
    return model
