"""Every model starts from the same weights.

question: xor
fails: test_a_new_model_each_time
"""

def build_xor_classifier():
    model = keras.Sequential([keras.Input((2,)), layers.Dense(16, activation="tanh", kernel_initializer=keras.initializers.GlorotUniform(seed=1)), layers.Dense(1, activation="sigmoid")])
    model.compile(optimizer=keras.optimizers.Adam(0.05), loss="binary_crossentropy", metrics=["accuracy"])
    return model
