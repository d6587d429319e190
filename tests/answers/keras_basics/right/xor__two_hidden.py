"""Two hidden layers, SGD with momentum.

question: xor
"""

def build_xor_classifier():
    model = keras.Sequential()
    model.add(keras.Input(shape=(2,)))
    model.add(layers.Dense(24, activation="tanh", kernel_initializer="he_normal"))
    model.add(layers.Dense(12, activation="tanh"))
    model.add(layers.Dense(1))
    model.add(layers.Activation("sigmoid"))
    model.compile(optimizer=keras.optimizers.SGD(0.3, momentum=0.9), loss="binary_crossentropy")
    return model
