"""A small penalty on the weights, as in the paper.

question: conditional_autoencoder
"""


def build_conditional_autoencoder(num_tickers, num_characteristics, hidden_units, num_factors):
    input_beta = keras.Input((num_tickers, num_characteristics), name="input_beta")
    input_factor = keras.Input((num_tickers,), name="input_factor")
    x = layers.Dense(hidden_units, activation="relu", kernel_regularizer=keras.regularizers.L1(1e-5))(input_beta)
    x = layers.BatchNormalization(momentum=0.95)(x)
    output_beta = layers.Dense(num_factors, name="output_beta")(x)
    output_factor = layers.Dense(num_factors, name="output_factor")(input_factor)
    output = layers.Dot(axes=(2, 1))([output_beta, output_factor])
    return keras.Model(inputs=[input_beta, input_factor], outputs=output)
