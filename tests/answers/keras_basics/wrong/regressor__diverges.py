"""A learning rate that diverges.

question: regressor
fails: test_trains
"""

def build_regressor(num_features):
    model = keras.Sequential(
        [keras.Input((num_features,)), layers.Dense(64, activation="relu"), layers.Dense(32, activation="relu"), layers.Dense(1)]
    )
    model.compile(optimizer=keras.optimizers.SGD(1.0), loss="mse", metrics=["mae"])
    return model
