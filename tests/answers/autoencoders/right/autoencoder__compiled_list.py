"""A list of models, the first one compiled.

question: autoencoder
"""


def build_autoencoder(input_dim, latent_dim):
    x_in = keras.layers.Input(shape=(input_dim,), name="image")
    encoded = keras.layers.Dense(64, activation="elu", name="enc_hidden")(x_in)
    encoded = keras.layers.Dense(latent_dim, activation="linear", name="code")(encoded)
    enc = keras.models.Model(inputs=x_in, outputs=encoded)
    z_in = keras.layers.Input(shape=(latent_dim,), name="code_in")
    decoded = keras.layers.Dense(64, activation="elu", name="dec_hidden")(z_in)
    logits = keras.layers.Dense(input_dim, name="logits")(decoded)
    dec = keras.models.Model(inputs=z_in, outputs=ops.sigmoid(logits))
    ae = keras.models.Model(inputs=x_in, outputs=dec(enc.output))
    ae.compile("adam", "mse")
    return [ae, enc, dec]
