"""All tickers of all months folded into rows, and unfolded.

question: conditional_autoencoder
"""


def build_conditional_autoencoder(num_tickers, num_characteristics, hidden_units, num_factors):
    input_beta = keras.Input((num_tickers, num_characteristics), name="input_beta")
    input_factor = keras.Input((num_tickers,), name="input_factor")
    x = layers.Dense(hidden_units, activation="relu")(ops.reshape(input_beta, (-1, num_characteristics)))
    x = layers.BatchNormalization()(x)
    output_beta = layers.Reshape((num_tickers, num_factors), name="output_beta")(ops.reshape(layers.Dense(num_factors)(x), (-1, num_tickers * num_factors)))
    output_factor = layers.Dense(num_factors, name="output_factor")(input_factor)
    output = ops.sum(output_beta * output_factor[:, None, :], axis=2)
    return keras.Model(inputs=[input_beta, input_factor], outputs=output)
