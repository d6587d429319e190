"""Not compiled.

question: regressor
fails: test_loss_is_a_distance, test_trains
"""

def build_regressor(num_features):
    model = keras.Sequential(
        [keras.Input((num_features,)), layers.Dense(64, activation="relu"), layers.Dense(32, activation="relu"), layers.Dense(1)]
    )
    return model
