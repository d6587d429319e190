"""A layer of its own for the product.

question: conditional_autoencoder
"""


class SumOfProducts(layers.Layer):
    def call(self, inputs):
        left, right = inputs
        return ops.sum(left * ops.expand_dims(right, axis=1), axis=-1)


def build_conditional_autoencoder(num_tickers, num_characteristics, hidden_units, num_factors):
    input_beta = keras.Input((num_tickers, num_characteristics), name="input_beta")
    input_factor = keras.Input((num_tickers,), name="input_factor")
    x = layers.Dense(hidden_units, activation=tf.nn.relu)(input_beta)
    x = layers.BatchNormalization()(x)
    output_beta = layers.Dense(num_factors, name="output_beta")(x)
    output_factor = layers.Dense(num_factors, name="output_factor")(input_factor)
    output = SumOfProducts()([output_beta, output_factor])
    return keras.Model(inputs=[input_beta, input_factor], outputs=output)
