"""A logit instead of a probability.

question: xor
fails: test_a_probability
"""

def build_xor_classifier():
    model = keras.Sequential([keras.Input((2,)), layers.Dense(16, activation="tanh"), layers.Dense(1)])
    model.compile(optimizer=keras.optimizers.Adam(0.05), loss=keras.losses.BinaryCrossentropy(from_logits=True), metrics=["accuracy"])
    return model
