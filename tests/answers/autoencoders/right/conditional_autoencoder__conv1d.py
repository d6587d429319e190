"""Convolutions of width one, and an einsum.

question: conditional_autoencoder
"""


def build_conditional_autoencoder(num_tickers, num_characteristics, hidden_units, num_factors):
    input_beta = keras.Input((num_tickers, num_characteristics), name="input_beta")
    input_factor = keras.Input((num_tickers,), name="input_factor")
    x = layers.Conv1D(hidden_units, 1, activation="relu")(input_beta)
    x = layers.BatchNormalization()(x)
    output_beta = layers.Conv1D(num_factors, kernel_size=1, name="output_beta")(x)
    output_factor = layers.Dense(num_factors, name="output_factor")(input_factor)
    output = ops.einsum("bnk,bk->bn", output_beta, output_factor)
    return keras.Model(inputs=[input_beta, input_factor], outputs=output)
