"""Functional, ReLU and more units.

question: xor
"""

def build_xor_classifier():
    inputs = keras.Input((2,), name="pair")
    x = layers.Dense(64, "relu")(inputs)
    model = keras.Model(inputs, layers.Dense(1, "sigmoid")(x))
    model.compile(keras.optimizers.Adam(learning_rate=0.03), keras.losses.BinaryCrossentropy())
    return model
