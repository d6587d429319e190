"""The mean of the errors with their signs: too low is better than right.

question: regressor
fails: test_loss_is_a_distance
"""

def build_regressor(num_features):
    model = keras.Sequential(
        [keras.Input((num_features,)), layers.Dense(64, activation="relu"), layers.Dense(32, activation="relu"), layers.Dense(1)]
    )
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss=lambda y, p: ops.mean(p - y, axis=-1), metrics=["mae"])
    return model
