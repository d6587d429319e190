"""Log-cosh, RMSprop.

question: regressor
"""

def build_regressor(num_features):
    model = keras.Sequential()
    model.add(layers.Input((num_features,)))
    model.add(layers.Dense(64, activation="swish"))
    model.add(layers.Dense(32, activation="swish"))
    model.add(layers.Dense(units=1, activation=None))
    model.compile(optimizer=keras.optimizers.RMSprop(0.01), loss="log_cosh", metrics=[keras.metrics.RootMeanSquaredError()])
    return model
