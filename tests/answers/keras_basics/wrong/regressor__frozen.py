"""A layer that does not train.

question: regressor
fails: test_trains
"""

def build_regressor(num_features):
    model = keras.Sequential(
        [keras.Input((num_features,)), layers.Dense(64, activation="relu"), layers.Dense(32, activation="relu"), layers.Dense(1)]
    )
    model.layers[0].trainable = False
    model.layers[1].trainable = False
    model.layers[2].trainable = False
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse", metrics=["mae"])
    return model
