"""Factors leave the last return out.

question: conditional_autoencoder
fails: test_factors_are_linear
"""


def build_conditional_autoencoder(num_tickers, num_characteristics, hidden_units, num_factors):
    input_beta = keras.Input((num_tickers, num_characteristics), name="input_beta")
    input_factor = keras.Input((num_tickers,), name="input_factor")
    x = layers.Dense(hidden_units, activation="relu")(input_beta)
    x = layers.BatchNormalization()(x)
    output_beta = layers.Dense(num_factors, name="output_beta")(x)
    output_factor = layers.Dense(num_factors, name="output_factor")(input_factor[:, :-1])
    output = layers.Dot(axes=(2, 1))([output_beta, output_factor])
    return keras.Model(inputs=[input_beta, input_factor], outputs=output)
