"""TimeDistributed over tickers, a batched matrix product.

question: conditional_autoencoder
"""


def build_conditional_autoencoder(num_tickers, num_characteristics, hidden_units, num_factors):
    input_beta = keras.Input((num_tickers, num_characteristics), name="input_beta")
    input_factor = keras.Input((num_tickers,), name="input_factor")
    x = layers.TimeDistributed(layers.Dense(hidden_units, activation="relu"))(input_beta)
    x = layers.BatchNormalization()(x)
    output_beta = layers.TimeDistributed(layers.Dense(num_factors), name="output_beta")(x)
    output_factor = layers.Dense(num_factors, name="output_factor")(input_factor)
    output = ops.squeeze(ops.matmul(output_beta, ops.expand_dims(output_factor, -1)), axis=-1)
    return keras.Model(inputs=[input_beta, input_factor], outputs=output)
