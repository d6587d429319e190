"""A sigmoid, and a loss that takes its output for a logit.

question: xor
fails: test_loss_for_two_classes
"""

def build_xor_classifier():
    model = keras.Sequential([keras.Input((2,)), layers.Dense(16, activation="tanh"), layers.Dense(1, activation="sigmoid")])
    model.compile(optimizer=keras.optimizers.Adam(0.05), loss=keras.losses.BinaryCrossentropy(from_logits=True), metrics=["accuracy"])
    return model
