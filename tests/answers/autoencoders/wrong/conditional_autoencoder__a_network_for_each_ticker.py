"""Every ticker has a network of its own.

question: conditional_autoencoder
fails: test_same_network_for_all, test_size
"""


def build_conditional_autoencoder(num_tickers, num_characteristics, hidden_units, num_factors):
    input_beta = keras.Input((num_tickers, num_characteristics), name="input_beta")
    input_factor = keras.Input((num_tickers,), name="input_factor")
    every = []
    for i in range(num_tickers):
        x = layers.Dense(hidden_units, activation="relu")(input_beta[:, i])
        x = layers.BatchNormalization()(x)
        every.append(layers.Reshape((1, num_factors))(layers.Dense(num_factors)(x)))
    output_beta = layers.Concatenate(axis=1, name="output_beta")(every)
    output_factor = layers.Dense(num_factors, name="output_factor")(input_factor)
    output = layers.Dot(axes=(2, 1))([output_beta, output_factor])
    return keras.Model(inputs=[input_beta, input_factor], outputs=output)
