"""EinsumDense, normalization before the activation, inputs as a dict.

question: conditional_autoencoder
"""


def build_conditional_autoencoder(num_tickers, num_characteristics, hidden_units, num_factors):
    input_beta = keras.Input((num_tickers, num_characteristics), name="input_beta")
    input_factor = keras.Input((num_tickers,), name="input_factor")
    x = layers.EinsumDense("bnp,ph->bnh", output_shape=(None, hidden_units), bias_axes="h")(input_beta)
    x = layers.ReLU()(layers.BatchNormalization()(x))
    output_beta = layers.Dense(num_factors, name="output_beta")(x)
    output_factor = layers.Dense(num_factors, name="output_factor")(input_factor)
    output = layers.Dot(axes=(2, 1))([output_beta, output_factor])
    return keras.Model(inputs={"input_factor": input_factor, "input_beta": input_beta}, outputs=output)
