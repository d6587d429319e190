"""A loss of one's own, and a skip connection.

question: regressor
"""

def distance(y_true, y_pred):
    return ops.mean(ops.square(ops.reshape(y_true, ops.shape(y_pred)) - y_pred), axis=-1)


def build_regressor(num_features):
    inputs = keras.Input((num_features,))
    bent = layers.Dense(1)(layers.Dense(64, activation="relu")(inputs))
    model = keras.Model(inputs, layers.Add()([layers.Dense(1)(inputs), bent]))
    model.compile(optimizer=keras.optimizers.Adam(0.03), loss=distance)
    return model
