"""A sigmoid at the end.

question: regressor
fails: test_one_unbounded_number
"""

def build_regressor(num_features):
    model = keras.Sequential(
        [keras.Input((num_features,)), layers.Dense(64, activation="relu"), layers.Dense(32, activation="relu"), layers.Dense(1, activation="sigmoid")]
    )
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse", metrics=["mae"])
    return model
