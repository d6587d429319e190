"""No activation: one straight line.

question: regressor
fails: test_more_than_a_line
"""

def build_regressor(num_features):
    model = keras.Sequential(
        [keras.Input((num_features,)), layers.Dense(64, activation=None), layers.Dense(32, activation=None), layers.Dense(1)]
    )
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse", metrics=["mae"])
    return model
